import { type Bytes, concat } from "../../base/bytes.ts";
import { type AccountId, type ConversationId, type FileId, newId } from "../../base/ids.ts";
import { FILE_SEGMENT_BYTES, openWholeFile, sealedFileBytes, sealFile } from "../file.ts";
import { type FileKey, newSecretKey } from "../keys.ts";
import { randomBytes, sha256 } from "../webcrypto.ts";
import {
  flipBit,
  requireBytes,
  requireEqual,
  requireEveryChangeRefused,
  requireRefused,
  type Suite,
} from "./portable.ts";

const MEBIBYTE = 1024 * 1024;

function newContext() {
  return {
    conversation: newId<ConversationId>(),
    sender: newId<AccountId>(),
    file: newId<FileId>(),
  };
}

/** `crypto.getRandomValues` gives no more at once. */
function manyBytes(size: number): Bytes {
  const pieces = Math.ceil(size / 65_536);
  return concat(...Array.from({ length: pieces }, () => randomBytes(65_536))).slice(0, size);
}

/** As `sealFile` yields them, with what a message says of them. */
async function sealBytes(content: Bytes, context = newContext()) {
  const key = newSecretKey<FileKey>();
  const sealing = sealFile(key, context, content.length, async (from, to) => content.subarray(from, to));
  const segments: Bytes[] = [];
  for (;;) {
    const { done, value } = await sealing.next();
    if (done) return { seal: { key, size: content.length, hash: value }, context, segments };
    segments.push(value);
  }
}

async function* each(segments: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* segments;
}

export const fileSuite: Suite = {
  name: "files",
  cases: {
    "opens what it sealed, whatever its size": async () => {
      const sizes = [0, 1, 256, MEBIBYTE - 57, MEBIBYTE - 56, MEBIBYTE, 2 * MEBIBYTE - 72, 3 * MEBIBYTE + 1];
      for (const size of sizes) {
        const content = manyBytes(size);
        const { seal, context, segments } = await sealBytes(content);
        requireBytes(await openWholeFile(seal, context, each(segments)), content);
        const total = segments.reduce((sum, { length }) => sum + length, 0);
        requireEqual(sealedFileBytes(size), total);
        // A reader finds each segment without having read the one before.
        for (const segment of segments.slice(0, -1)) requireEqual(segment.length, FILE_SEGMENT_BYTES);
      }
    },
    "a sealed file tells little of its size": async () => {
      requireEqual(sealedFileBytes(0), sealedFileBytes(256));
      requireEqual(sealedFileBytes(1_000_000), sealedFileBytes(1_010_000));
      requireEqual(sealedFileBytes(2 ** 31) > 2 ** 31, true);
    },
    "refuses every change of a small file": async () => {
      const { seal, context, segments } = await sealBytes(randomBytes(300));
      const open = (changed: Uint8Array) => openWholeFile(seal, context, each([changed]));
      await requireEveryChangeRefused(concat(...segments), open, 5);
    },
    "refuses segments that are missing, doubled, moved or of another file": async () => {
      const { seal, context, segments } = await sealBytes(manyBytes(2 * MEBIBYTE));
      const [first, second, third] = segments as [Bytes, Bytes, Bytes];
      const other = await sealBytes(manyBytes(2 * MEBIBYTE), context);
      const wrong: readonly (readonly Uint8Array[])[] = [
        [],
        [first],
        [first, second],
        [second, third],
        [second, first, third],
        [first, second, second],
        [first, second, third, third],
        [first, other.segments[1] as Bytes, third],
        [first, flipBit(second, 4_000_000), third],
        other.segments,
      ];
      for (const segments of wrong)
        await requireRefused(openWholeFile(seal, context, each(segments)), "open-failed");
    },
    "refuses a file that was moved, or described otherwise": async () => {
      const { seal, context, segments } = await sealBytes(randomBytes(5_000));
      for (const elsewhere of [
        { conversation: newId<ConversationId>() },
        { sender: newId<AccountId>() },
        { file: newId<FileId>() },
      ])
        await requireRefused(
          openWholeFile(seal, { ...context, ...elsewhere }, each(segments)),
          "open-failed",
        );
      for (const said of [
        { key: newSecretKey<FileKey>() },
        // Within the same padding, and without it.
        { size: 4_980 },
        { size: 200_000 },
        { hash: await sha256(segments[0] as Bytes) },
      ])
        await requireRefused(openWholeFile({ ...seal, ...said }, context, each(segments)), "open-failed");
    },
    "does not seal a file that changes meanwhile": async () => {
      const read = async () => new Uint8Array(9);
      const sealing = sealFile(newSecretKey<FileKey>(), newContext(), 10, read);
      const error = await sealing.next().catch((error: unknown) => error);
      requireEqual(error instanceof RangeError, true);
    },
  },
};
