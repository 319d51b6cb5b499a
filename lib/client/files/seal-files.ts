import type { Bytes } from "../../base/bytes.ts";
import { type FileId, newId } from "../../base/ids.ts";
import { type FileContext, type ReadRange, sealedFileBytes, sealFile } from "../../crypto/file.ts";
import { type FileKey, newSecretKey } from "../../crypto/keys.ts";
import type { AttachedFile } from "../../protocol/content.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { FilePlace, FileSource } from "../model-files.ts";
import type { Shelf } from "./shelf.ts";

/** How much there is to seal. */
export function sealedBytesOf(sources: readonly FileSource[]): number {
  return sources.reduce(
    (sum, { size, preview }) =>
      sum + sealedFileBytes(size) + (preview ? sealedFileBytes(preview.bytes.length) : 0),
    0,
  );
}

/**
 * Seals one file and its preview onto the shelf.
 * @param onBytes called with each piece; throws to end it
 * @returns what the message says of it
 * @throws AppError "no-room-here"; whatever the source's `read` and `onBytes` throw
 */
export async function sealSource(
  shelf: Shelf,
  place: FilePlace,
  source: FileSource,
  now: number,
  onBytes: (bytes: number) => void,
): Promise<AttachedFile> {
  const { name, mediaType, size, preview } = source;
  const seal = async (bytes: number, read: ReadRange) => {
    const [id, key] = [newId<FileId>(now), newSecretKey<FileKey>()];
    const hash = await sealOnto(shelf, key, { ...place, file: id }, bytes, read, onBytes);
    return { id, key, size: bytes, hash };
  };
  const file = await seal(size, (from, to) => source.read(from, to));
  const attached = { ...file, name: shortName(name), mediaType: mediaType.slice(0, LIMITS.mediaTypeChars) };
  if (!preview) return attached;
  const { width, height, bytes } = preview;
  const sealed = await seal(bytes.length, async (from, to) => bytes.subarray(from, to));
  return { ...attached, preview: { ...sealed, width, height } };
}

async function sealOnto(
  shelf: Shelf,
  key: FileKey,
  context: FileContext,
  size: number,
  read: ReadRange,
  onBytes: (bytes: number) => void,
): Promise<Bytes> {
  let hash: Bytes | null = null;
  async function* segments(): AsyncGenerator<Bytes> {
    const sealing = sealFile(key, context, size, read);
    for (;;) {
      const { done, value } = await sealing.next();
      if (done) {
        hash = value;
        return;
      }
      yield value;
      onBytes(value.length);
    }
  }
  await shelf.write(context.file, segments());
  if (!hash) throw new RangeError("the shelf did not take all of it");
  return hash;
}

/** With the ending, by which people and systems know what it is. */
function shortName(name: string): string {
  const most = LIMITS.fileNameChars;
  if (name.length <= most) return name || "_";
  const ending = /\.[^.]{1,16}$/.exec(name)?.[0] ?? "";
  return `${name.slice(0, most - ending.length - 1).replace(/[\ud800-\udbff]$/, "")}…${ending}`;
}
