import { type Bytes, concat, u8, u32 } from "../../base/bytes.ts";
import { ByteReader, LayoutError } from "../../base/fields.ts";
import { type AccountId, type ConversationId, ID_BYTES, idToBytes, type MessageId } from "../../base/ids.ts";
import { codeTable } from "./code-table.ts";
import { AES_TAG_BYTES, HASH_BYTES, SALT_BYTES } from "./sizes.ts";
import { PROTOCOL_VERSION, readSuite, SUITE } from "./suite.ts";

export type EnvelopeKind = "message";
export const ENVELOPE_KIND = codeTable<EnvelopeKind>({ message: 1 });

/** The part of a message the server sees, and the additional data of its encryption (docs/protocol.md §5). */
export interface EnvelopeHeader {
  readonly kind: EnvelopeKind;
  readonly conversation: ConversationId;
  readonly sender: AccountId;
  readonly message: MessageId;
  readonly keyEpoch: number;
  /** Hash of the conversation record the sender sealed under. */
  readonly recordHash: Bytes;
  /** Fresh for every envelope: it makes the AES key one-use. */
  readonly salt: Bytes;
}

export interface Envelope {
  readonly header: EnvelopeHeader;
  readonly headerBytes: Bytes;
  readonly ciphertext: Bytes;
}

export const ENVELOPE_HEADER_BYTES = 3 + 3 * ID_BYTES + 4 + HASH_BYTES + SALT_BYTES;
/** The smallest and largest plaintext of an envelope: the padding floor, and the largest Padmé size whose frame stays under 64 KiB. */
export const MIN_PADDED_BYTES = 256;
export const MAX_PADDED_BYTES = 58 * 1024;
export const MIN_ENVELOPE_BYTES = ENVELOPE_HEADER_BYTES + MIN_PADDED_BYTES + AES_TAG_BYTES;
export const MAX_ENVELOPE_BYTES = ENVELOPE_HEADER_BYTES + MAX_PADDED_BYTES + AES_TAG_BYTES;

/** What remains of a deleted message in its place: the SHA-256 of its envelope. No envelope is that short. */
export function isTombstone(stored: Uint8Array): boolean {
  return stored.length === HASH_BYTES;
}

export function encodeEnvelopeHeader(header: EnvelopeHeader): Bytes {
  return concat(
    u8(PROTOCOL_VERSION),
    u8(SUITE),
    u8(ENVELOPE_KIND.encode(header.kind)),
    idToBytes(header.conversation),
    idToBytes(header.sender),
    idToBytes(header.message),
    u32(header.keyEpoch),
    header.recordHash,
    header.salt,
  );
}

/** 119 header bytes, then the ciphertext to the end. @throws LayoutError */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  return {
    header: parseHeaderOfEnvelope(bytes),
    headerBytes: bytes.slice(0, ENVELOPE_HEADER_BYTES) as Bytes,
    ciphertext: bytes.slice(ENVELOPE_HEADER_BYTES) as Bytes,
  };
}

/** All that whoever passes an envelope on has to know of it. @throws LayoutError */
export function parseHeaderOfEnvelope(bytes: Uint8Array): EnvelopeHeader {
  const header = readEnvelopeHeader(new ByteReader(bytes));
  if (bytes.length < MIN_ENVELOPE_BYTES) throw new LayoutError("envelope too short");
  if (bytes.length > MAX_ENVELOPE_BYTES) throw new LayoutError("envelope too long");
  return header;
}

/** @throws LayoutError */
export function readEnvelopeHeader(reader: ByteReader): EnvelopeHeader {
  readSuite(reader);
  return {
    kind: ENVELOPE_KIND.decode(reader.u8()),
    conversation: reader.id<ConversationId>(),
    sender: reader.id<AccountId>(),
    message: reader.id<MessageId>(),
    keyEpoch: reader.u32(),
    recordHash: reader.take(HASH_BYTES),
    salt: reader.take(SALT_BYTES),
  };
}
