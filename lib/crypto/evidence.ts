import { type Bytes, u64 } from "../base/bytes.ts";
import { ByteReader, encodeFields } from "../base/fields.ts";
import { encodeEnvelopeHeader, readEnvelopeHeader } from "../protocol/layout/envelope.ts";
import { u64Field } from "../protocol/layout/field-readers.ts";
import { ED25519_PUBLIC_KEY_BYTES } from "../protocol/layout/sizes.ts";
import { verifyCertificate } from "./certificate.ts";
import { CryptoError } from "./errors.ts";
import { encodeInner, messageSignatureInput, readInner } from "./inner-message.ts";
import type { OpenedMessage } from "./message.ts";
import { verifySignature } from "./signature.ts";

/**
 * One opened message as a reader shows it to somebody without any key of its conversation: what its sender signed, and
 * what verifies the signature down from the sender's identity key. Nothing in it opens anything else.
 */
export interface Evidence {
  /** Where it stands in its conversation: the word of who shows it. */
  readonly seq: number;
  readonly message: OpenedMessage;
  /** The sender's signing certificate. */
  readonly certificate: Bytes;
  /** Under which the certificate stands; whose it is, is the reader's to know. */
  readonly identityKey: Bytes;
}

/** `enc(u64(seq), header, inner without padding, certificate, identity key)` (docs/protocol.md §5.6). */
export function encodeEvidence({ seq, message, certificate, identityKey }: Evidence): Bytes {
  const { header, content, signature, ...statement } = message;
  const inner = encodeInner({ statement, content, signature });
  return encodeFields(u64(seq), encodeEnvelopeHeader(header), inner, certificate, identityKey);
}

/** Structure only. @throws LayoutError */
export function parseEvidence(bytes: Uint8Array): Evidence {
  const reader = new ByteReader(bytes);
  const seq = u64Field(reader);
  const header = whole(reader.field(), readEnvelopeHeader);
  const { statement, content, signature } = whole(reader.field(), readInner);
  const certificate = reader.field();
  const identityKey = reader.field(ED25519_PUBLIC_KEY_BYTES);
  reader.end();
  return { seq, message: { ...statement, header, content, signature }, certificate, identityKey };
}

/**
 * That whoever holds the identity key signed these words as this message of this conversation.
 * @throws CryptoError `malformed`, `wrong-certificate`, `bad-signature`
 */
export async function verifyEvidence({ message, certificate, identityKey }: Evidence): Promise<void> {
  const { header, content, signature, ...statement } = message;
  const { publicKey } = await verifyCertificate(certificate, identityKey, {
    account: header.sender,
    keyType: "signing",
  });
  const signed = await messageSignatureInput(encodeEnvelopeHeader(header), statement, content);
  if (!(await verifySignature(publicKey, signed, signature)))
    throw new CryptoError("bad-signature", "evidence");
}

function whole<T>(bytes: Bytes, read: (reader: ByteReader) => T): T {
  const reader = new ByteReader(bytes);
  const value = read(reader);
  reader.end();
  return value;
}
