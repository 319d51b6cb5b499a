import { type Bytes, concat } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type ConversationId, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { sha256 } from "./webcrypto.ts";

/** SHA-256 of a whole envelope. It stays in the transcript when the envelope is deleted. */
export function envelopeHash(envelope: Uint8Array): Promise<Bytes> {
  return sha256(envelope);
}

/** head_0 = SHA-256(enc("sceau/1/transcript", conversation)). */
export function initialTranscript(conversation: ConversationId): Promise<Bytes> {
  return sha256(encodeFields(label("transcript"), idToBytes(conversation)));
}

/** head_i = SHA-256(head_{i-1} ‖ SHA-256(envelope_i)), in the server's order. */
export function extendTranscript(head: Bytes, hash: Bytes): Promise<Bytes> {
  return sha256(concat(head, hash));
}
