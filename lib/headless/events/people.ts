import type { AccountId } from "../../base/ids.ts";
import type { Client } from "../account/connect.ts";
import type { EventPerson } from "./event.ts";

/** To be read: an account that was deleted has no name any more. */
export const handleOf = (name: string): string => (name === "" ? "(deleted account)" : `@${name}`);

/** How somebody calls themselves, as far as the server says so. */
export async function personOf(client: Client, account: AccountId): Promise<EventPerson> {
  const { me, people } = client.messenger.getState();
  const known = me?.id === account ? me : people.get(account);
  try {
    const { name, displayName } = known ?? (await client.unlocked.parts.identities.person(account));
    return { id: account, name, displayName };
  } catch {
    return { id: account, name: "", displayName: "" };
  }
}
