import { type Bytes, concat, equalBytes, u8, u32 } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, type ConversationId, type FileId, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { AES_TAG_BYTES, HASH_BYTES, KEY_BYTES, SALT_BYTES } from "../protocol/layout/sizes.ts";
import { CryptoError } from "./errors.ts";
import type { FileKey } from "./keys.ts";
import { paddedLength } from "./padding.ts";
import { aesOpen, aesSeal, hkdf, importAesKey, randomBytes, sha256 } from "./webcrypto.ts";

/** One segment of a sealed file, its tag included; the first one with the header, the last one shorter. */
export const FILE_SEGMENT_BYTES = 1024 * 1024;

const PREFIX_BYTES = 7;
/** `u8(length of the header) ‖ salt ‖ nonce prefix`. */
const HEADER_BYTES = 1 + SALT_BYTES + PREFIX_BYTES;
const EMPTY: Bytes = new Uint8Array(0);

/** Where a file belongs: sealed for one of these it opens as no other. */
export interface FileContext {
  readonly conversation: ConversationId;
  readonly sender: AccountId;
  readonly file: FileId;
}

/** What the message says of a sealed file. */
export interface FileSeal {
  readonly key: FileKey;
  /** Of what is inside, in bytes, exactly. */
  readonly size: number;
  /** Of the sealed bytes, segment by segment. */
  readonly hash: Bytes;
}

/** Bytes `from` to `to` of what is to be sealed, `to` excluded. */
export type ReadRange = (from: number, to: number) => Promise<Uint8Array>;

/** How large a file of so many bytes is once it is padded and sealed. */
export function sealedFileBytes(size: number): number {
  return HEADER_BYTES + paddedLength(size) + segmentsOf(size) * AES_TAG_BYTES;
}

/**
 * Seals a file piece by piece (docs/protocol.md §5.7): Tink's AES256-GCM-HKDF-1MB. Never more than one segment of it
 * is in memory.
 * @yields the segments in order, each to be stored before the next is asked for
 * @returns the hash that the message states
 * @throws RangeError when `read` gives other than what it was asked for: the file changed meanwhile
 */
export async function* sealFile(
  key: FileKey,
  context: FileContext,
  size: number,
  read: ReadRange,
): AsyncGenerator<Bytes, Bytes> {
  const [salt, prefix] = [randomBytes(SALT_BYTES), randomBytes(PREFIX_BYTES)];
  const header = concat(u8(HEADER_BYTES), salt, prefix);
  const segmentKey = await deriveKey(key, salt, context);
  const hashes: Bytes[] = [];
  const count = segmentsOf(size);
  for (let index = 0; index < count; index++) {
    const { from, to } = plainRange(index, size);
    const padded = new Uint8Array(to - from);
    const [start, end] = [Math.min(from, size), Math.min(to, size)];
    if (end > start) {
      const read_ = await read(start, end);
      if (read_.length !== end - start) throw new RangeError("the file has changed");
      padded.set(read_);
    }
    const sealed = await aesSeal(segmentKey, nonceOf(prefix, index, count), EMPTY, padded);
    const segment = index === 0 ? concat(header, sealed) : sealed;
    hashes.push(await sha256(segment));
    yield segment;
  }
  return hashOf(hashes);
}

/**
 * Opens what `sealFile` sealed. Each piece that is yielded is as it was sealed and where it was; that nothing is missing is
 * known at the end only: until then nothing may be shown or kept as the file.
 * @param segments in order, each exactly one segment
 * @throws CryptoError `open-failed` when it is not what the message describes, or not sealed for this context
 */
export async function* openFile(
  { key, size, hash }: FileSeal,
  context: FileContext,
  segments: AsyncIterable<Uint8Array>,
): AsyncGenerator<Bytes, void> {
  const count = segmentsOf(size);
  const hashes: Bytes[] = [];
  let opening: { readonly key: CryptoKey; readonly prefix: Bytes } | null = null;
  for await (const segment of segments) {
    const index = hashes.length;
    const { from, to } = plainRange(index, size);
    const headerBytes = index === 0 ? HEADER_BYTES : 0;
    if (index >= count || segment.length !== headerBytes + to - from + AES_TAG_BYTES) throw refused("length");
    opening ??= await readHeader(key, context, segment);
    const nonce = nonceOf(opening.prefix, index, count);
    const padded = await aesOpen(opening.key, nonce, EMPTY, segment.slice(headerBytes));
    if (!padded) throw refused(`segment ${index}`);
    hashes.push(await sha256(segment));
    const content = Math.max(0, Math.min(to, size) - from);
    if (padded.subarray(content).some((byte) => byte !== 0)) throw refused("padding");
    if (content > 0) yield padded.slice(0, content);
  }
  if (hashes.length !== count) throw refused("segments are missing");
  if (!equalBytes(await hashOf(hashes), hash)) throw refused("hash");
}

/** Everything that `openFile` gives, for small files: previews, pictures. @throws CryptoError as it does */
export async function openWholeFile(
  seal: FileSeal,
  context: FileContext,
  segments: AsyncIterable<Uint8Array>,
): Promise<Bytes> {
  const parts: Bytes[] = [];
  for await (const part of openFile(seal, context, segments)) parts.push(part);
  return concat(...parts);
}

async function readHeader(key: FileKey, context: FileContext, segment: Uint8Array) {
  if (segment[0] !== HEADER_BYTES) throw refused("header");
  const salt = segment.slice(1, 1 + SALT_BYTES) as Bytes;
  const prefix = segment.slice(1 + SALT_BYTES, HEADER_BYTES) as Bytes;
  return { key: await deriveKey(key, salt, context), prefix };
}

async function deriveKey(key: FileKey, salt: Bytes, context: FileContext): Promise<CryptoKey> {
  const { conversation, sender, file } = context;
  const info = encodeFields(label("file"), idToBytes(conversation), idToBytes(sender), idToBytes(file));
  return importAesKey(await hkdf(key, salt, info, KEY_BYTES));
}

/** Segments are few and large, and each hash is one call of the platform: 1 GB needs no hash that can be continued. */
function hashOf(segments: readonly Bytes[]): Promise<Bytes> {
  if (segments.some(({ length }) => length !== HASH_BYTES)) throw new RangeError("not a hash");
  return sha256(encodeFields(label("file-hash"), ...segments));
}

/** A file always has one, also an empty one. */
function segmentsOf(size: number): number {
  return Math.ceil((HEADER_BYTES + paddedLength(size)) / (FILE_SEGMENT_BYTES - AES_TAG_BYTES));
}

/** Which bytes of the padded file are in a segment, `to` excluded. */
function plainRange(index: number, size: number): { readonly from: number; readonly to: number } {
  const each = FILE_SEGMENT_BYTES - AES_TAG_BYTES;
  return {
    from: Math.max(0, index * each - HEADER_BYTES),
    to: Math.min(paddedLength(size), (index + 1) * each - HEADER_BYTES),
  };
}

/** Tells the last segment: a file that was cut off does not open as a shorter one. */
function nonceOf(prefix: Bytes, index: number, count: number): Bytes {
  return concat(prefix, u32(index), u8(index === count - 1 ? 1 : 0));
}

function refused(what: string): CryptoError {
  return new CryptoError("open-failed", `not the file that was sent: ${what}`);
}
