import { type Bytes, concat, equalBytes, u8, u32 } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type ConversationId, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { CryptoError } from "./errors.ts";
import { type ConversationKey, secretKeyFrom } from "./keys.ts";
import { hmac } from "./webcrypto.ts";

/**
 * `HKDF-Expand(CK, enc("sceau/1/key-commitment", conversation, keyEpoch), 32)`, 32 bytes. AES-GCM does not
 * commit to its key; this does, so that two members cannot be given different keys.
 */
export function keyCommitment(
  key: ConversationKey,
  conversation: ConversationId,
  keyEpoch: number,
): Promise<Bytes> {
  const info = encodeFields(label("key-commitment"), idToBytes(conversation), u32(keyEpoch));
  // HKDF-Expand to one hash length is a single HMAC block (RFC 5869 §2.3).
  return hmac(key, concat(info, u8(1)));
}

/** What a box carried, accepted as the key that a record commits to. @throws CryptoError `wrong-commitment` */
export async function requireCommitted(
  bytes: Bytes,
  record: { readonly conversation: ConversationId; readonly keyEpoch: number; readonly keyCommitment: Bytes },
): Promise<ConversationKey> {
  const key = secretKeyFrom<ConversationKey>(bytes);
  const commitment = await keyCommitment(key, record.conversation, record.keyEpoch);
  if (!equalBytes(commitment, record.keyCommitment)) throw new CryptoError("wrong-commitment");
  return key;
}
