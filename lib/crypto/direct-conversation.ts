import { compareBytes } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, type ConversationId, ID_BYTES, idFromBytes, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { sha256 } from "./webcrypto.ts";

/**
 * First 16 bytes of SHA-256(enc("sceau/1/direct", lesser account, greater account)): two people who start
 * writing to each other at the same time start the same conversation.
 */
export async function directConversationId(a: AccountId, b: AccountId): Promise<ConversationId> {
  const accounts = [idToBytes(a), idToBytes(b)].sort(compareBytes);
  const hash = await sha256(encodeFields(label("direct"), ...accounts));
  return idFromBytes<ConversationId>(hash.slice(0, ID_BYTES));
}
