import { type Bytes, concat, u64 } from "../base/bytes.ts";
import { ByteReader, encodeFields, LayoutError } from "../base/fields.ts";
import { type DeviceId, ID_BYTES, idToBytes } from "../base/ids.ts";
import { MAX_PADDED_BYTES } from "../protocol/layout/envelope.ts";
import { label } from "../protocol/layout/label.ts";
import { ED25519_SIGNATURE_BYTES, HASH_BYTES } from "../protocol/layout/sizes.ts";
import { isPadded, pad } from "./padding.ts";
import { sha256 } from "./webcrypto.ts";

/** What a sender says about a message, inside the encryption. */
export interface MessageStatement {
  readonly device: DeviceId;
  /** Counts this device's messages, so that a replay shows. */
  readonly deviceSequence: number;
  /** The transcript as the sender had seen it. */
  readonly transcriptHead: Bytes;
  readonly transcriptPosition: number;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

const STATEMENT_BYTES = ID_BYTES + 8 + HASH_BYTES + 8 + 8;
const LENGTH_BYTES = 4;

/** The longest content of one message. */
export const MAX_CONTENT_BYTES = MAX_PADDED_BYTES - STATEMENT_BYTES - LENGTH_BYTES - ED25519_SIGNATURE_BYTES;

/** The bytes under the inner signature: `enc("sceau/1/message-signature", header, device … sentAt, SHA-256(content))`. */
export async function messageSignatureInput(
  headerBytes: Bytes,
  statement: MessageStatement,
  content: Bytes,
): Promise<Bytes> {
  const fields = statementFields(statement);
  return encodeFields(label("message-signature"), headerBytes, ...fields, await sha256(content));
}

/** What is inside an envelope, without its padding. */
export interface InnerMessage {
  readonly statement: MessageStatement;
  readonly content: Bytes;
  readonly signature: Bytes;
}

/** `device(16) sequence(u64) head(32) position(u64) sentAt(u64) length(u32) content signature(64)`. */
export function encodeInner({ statement, content, signature }: InnerMessage): Bytes {
  return concat(...statementFields(statement), encodeFields(content), signature);
}

export function encodePaddedInner(inner: InnerMessage): Bytes {
  return pad(encodeInner(inner));
}

/** @throws LayoutError also for other padding than the one right one */
export function parseInner(padded: Uint8Array): InnerMessage {
  const reader = new ByteReader(padded);
  const inner = readInner(reader);
  if (!isPadded(padded, reader.offset)) throw new LayoutError("wrong padding");
  return inner;
}

/** @throws LayoutError */
export function readInner(reader: ByteReader): InnerMessage {
  const statement = {
    device: reader.id<DeviceId>(),
    deviceSequence: reader.u64(),
    transcriptHead: reader.take(HASH_BYTES),
    transcriptPosition: reader.u64(),
    sentAt: reader.u64(),
  };
  const content = reader.field();
  const signature = reader.take(ED25519_SIGNATURE_BYTES);
  return { statement, content, signature };
}

function statementFields(statement: MessageStatement): readonly Bytes[] {
  return [
    idToBytes(statement.device),
    u64(statement.deviceSequence),
    statement.transcriptHead,
    u64(statement.transcriptPosition),
    u64(statement.sentAt),
  ];
}
