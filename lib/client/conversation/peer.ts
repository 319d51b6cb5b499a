import type { AccountId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import type { ConversationInfo } from "../../protocol/http/conversations.ts";
import { type Person, personOf } from "../model.ts";

/** Of a conversation of two, the other one. */
export function peerOf({ kind, members }: ConversationInfo, self: AccountId): Person | null {
  if (kind !== "direct") return null;
  const other = members.find(({ id }) => id !== self) ?? members[0];
  if (!other) throw new CryptoError("malformed", "a conversation without members");
  return personOf(other);
}
