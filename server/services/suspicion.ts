import type { AccountId } from "../../lib/base/ids.ts";
import type { Suspicion } from "../../lib/protocol/http/journal.ts";
import type { JournalTable } from "../database/journal.ts";
import type { Client } from "./client.ts";
import { networkOf } from "./sign-in-limits.ts";
import type { KnownBrowser } from "./tokens.ts";

const MANY_FAILURES = 5;

/** What is unusual about a sign-in that was right: held against where the account came in before. */
export async function findSuspicions(
  journal: Pick<JournalTable, "signInHistory">,
  account: AccountId,
  client: Client,
  browser: KnownBrowser | null,
): Promise<Suspicion[]> {
  const { addresses, failed, throttled } = await journal.signInHistory(account);
  const networks = new Set(addresses.map(networkOf));
  const found: readonly (readonly [Suspicion, boolean])[] = [
    ["new-browser", browser?.accountId !== account],
    ["new-address", !networks.has(networkOf(client.address))],
    ["many-failures", failed >= MANY_FAILURES || throttled > 0],
  ];
  return found.filter(([, applies]) => applies).map(([suspicion]) => suspicion);
}
