import type { AccountId } from "../base/ids.ts";
import type { AccountParts } from "./account/parts.ts";

/**
 * Sees to it that the names of these people are in the state soon: of members of a room that was not opened, and of
 * who left one. Never rejects: who cannot be named stays somebody.
 */
export async function namePeople(
  { identities, store }: Pick<AccountParts, "identities" | "store">,
  accounts: readonly AccountId[],
): Promise<void> {
  const unknown = [...new Set(accounts)].filter((account) => !store.get().people.has(account));
  const looked = await Promise.allSettled(unknown.map((account) => identities.person(account)));
  const found = looked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  if (found.length === 0) return;
  const people = new Map(store.get().people);
  for (const person of found) people.set(person.id, person);
  store.set({ people });
}
