import type { AccountId } from "../base/ids.ts";
import { type LocalKey, newLocalKey } from "../crypto/local-key.ts";
import type { Storage } from "./platform.ts";

/** The key that seals what lies in this browser alone. Of two tabs that make one at once, both use the one that was stored. */
export async function requireLocalKey(
  storage: Pick<Storage, "findLocalKey" | "addLocalKey">,
  account: AccountId,
): Promise<LocalKey> {
  return (await storage.findLocalKey(account)) ?? storage.addLocalKey(account, await newLocalKey());
}
