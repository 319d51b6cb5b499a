import type { AccountId, ConversationId } from "../base/ids.ts";
import { CryptoError } from "../crypto/errors.ts";
import { AppError } from "../protocol/errors.ts";
import type { MemberChange } from "../protocol/layout/member-change.ts";
import type { Identities } from "./identities.ts";

/**
 * Whether the server says that the account is gone for good. Not being found is no such word: of who is gone, it keeps what
 * they signed with. @throws CryptoError, AppError
 */
export async function isGone(
  account: AccountId,
  { person, offered }: Pick<Identities, "person" | "offered">,
): Promise<boolean> {
  try {
    if ((await person(account)).deleted) return true;
    // What is known here may be from before.
    await offered(account);
    return (await person(account)).deleted === true;
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") return false;
    throw error;
  }
}

/**
 * A record by which somebody took over counts only if the accounts of all whose place was taken are gone for good, which the
 * server alone can say (docs/protocol.md §4.3). From then on it may not say otherwise: `identities` watches.
 * @throws CryptoError "not-allowed", as the API does
 */
export async function requireGone(
  conversation: ConversationId,
  changes: readonly MemberChange[],
  identities: Pick<Identities, "prepare" | "person" | "offered" | "mourned" | "seeAlive">,
  self: AccountId,
): Promise<void> {
  const { mourned } = identities;
  const replaced = changes.flatMap(({ operation, account }) => (operation === "remove" ? [account] : []));
  await identities.prepare(replaced);
  for (const account of replaced) {
    const living = account === self || !(await isGone(account, identities));
    mourned.set(account, new Set(mourned.get(account)).add(conversation));
    if (!living) continue;
    identities.seeAlive(account);
    throw new CryptoError("not-allowed", `${account} lives`);
  }
}
