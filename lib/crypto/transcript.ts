import { type Bytes, concat } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type ConversationId, idToBytes } from "../base/ids.ts";
import { isTombstone } from "../protocol/layout/envelope.ts";
import { label } from "../protocol/layout/label.ts";
import { sha256 } from "./webcrypto.ts";

/** SHA-256 of a whole envelope; of a deleted one, the hash that stands in its place. */
export async function envelopeHash(stored: Uint8Array): Promise<Bytes> {
  return isTombstone(stored) ? (stored.slice() as Bytes) : sha256(stored);
}

/** head_0 = SHA-256(enc("sceau/1/transcript", conversation)). */
export function initialTranscript(conversation: ConversationId): Promise<Bytes> {
  return sha256(encodeFields(label("transcript"), idToBytes(conversation)));
}

/** head_i = SHA-256(head_{i-1} ‖ SHA-256(envelope_i)), in the server's order. */
export function extendTranscript(head: Bytes, hash: Bytes): Promise<Bytes> {
  return sha256(concat(head, hash));
}
