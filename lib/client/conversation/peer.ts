import type { AccountId } from "../../base/ids.ts";
import type { ChainState } from "../../crypto/chain-state.ts";
import { directConversationId } from "../../crypto/direct-conversation.ts";
import { CryptoError } from "../../crypto/errors.ts";
import type { ConversationInfo } from "../../protocol/http/conversations.ts";
import type { ConversationKeys, KeyBook } from "../key-book.ts";
import { type Person, personOf } from "../model.ts";

/** Of a conversation of two, the other one. */
export function peerOf({ kind, members }: ConversationInfo, self: AccountId): Person | null {
  if (kind !== "direct") return null;
  const other = members.find(({ id }) => id !== self) ?? members[0];
  if (!other) throw new CryptoError("malformed", "a conversation without members");
  return personOf(other);
}

type Listed = Pick<ConversationInfo, "id" | "kind">;

/** Whether the signed records are of what the server lists: a room of that kind, or the conversation with this person. */
export async function isAsListed(
  { id, kind }: Listed,
  peer: Pick<Person, "id"> | null,
  { type }: Pick<ChainState, "type">,
  self: AccountId,
): Promise<boolean> {
  return type === kind && (peer === null || (await directConversationId(self, peer.id)) === id);
}

/**
 * Whoever writes means the one whose name stands over the conversation: what they write is sealed for nobody else.
 * @throws CryptoError, IdentityChangedError, AppError
 */
export async function requireListed(
  book: Pick<KeyBook, "require">,
  listed: Listed,
  peer: Pick<Person, "id"> | null,
  self: AccountId,
): Promise<ConversationKeys> {
  const keys = await book.require(listed.id);
  if (!(await isAsListed(listed, peer, keys.state, self)))
    throw new CryptoError("wrong-chain", "not the conversation that is listed");
  return keys;
}
