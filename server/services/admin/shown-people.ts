import type { AccountId } from "../../../lib/base/ids.ts";
import type { Accounts, Person } from "../../database/accounts.ts";

/** How each of these shows themselves, asked for once; who is gone has only an id. */
export async function shownPeople(
  accounts: Pick<Accounts, "findPeople">,
  ids: readonly AccountId[],
): Promise<(id: AccountId) => Person> {
  const shown = await accounts.findPeople([...new Set(ids)]);
  return (id) => shown.get(id) ?? { id, name: "", displayName: "", status: "", picture: null, deleted: true };
}
