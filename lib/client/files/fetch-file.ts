import type { Bytes } from "../../base/bytes.ts";
import type { ConversationId, FileId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { FILE_SEGMENT_BYTES, type FileSeal, openFile, sealedFileBytes } from "../../crypto/file.ts";
import type { FileKey } from "../../crypto/keys.ts";
import { AppError } from "../../protocol/errors.ts";
import type { Api } from "../api.ts";
import type { FilePlace } from "../model-files.ts";
import { createPace } from "./pace.ts";
import type { Patience } from "./patience.ts";

/** In one request. */
const MOST_BYTES = 8 * FILE_SEGMENT_BYTES;

/** What a message says of a file or a preview. */
export interface SealedFile {
  readonly id: FileId;
  readonly key: Bytes;
  readonly size: number;
  readonly hash: Bytes;
}

export interface FetchDeps {
  readonly api: Pick<Api, "getBytes">;
  readonly patience: Patience;
  now(): number;
}

/** What is inside a file that the server keeps, piece by piece. @throws AppError as `Files.open` says */
export async function* fetchFile(
  deps: FetchDeps,
  { conversation, sender }: FilePlace,
  file: SealedFile,
  isOver: () => boolean,
): AsyncGenerator<Bytes> {
  const seal: FileSeal = { key: file.key as FileKey, size: file.size, hash: file.hash };
  try {
    const segments = fetchSegments(deps, conversation, file, isOver);
    yield* openFile(seal, { conversation, sender, file: file.id }, segments);
  } catch (error) {
    throw error instanceof CryptoError ? new AppError("file-damaged", error.message) : error;
  }
}

async function* fetchSegments(
  { api, patience, now }: FetchDeps,
  conversation: ConversationId,
  { id, size }: SealedFile,
  isOver: () => boolean,
): AsyncGenerator<Uint8Array> {
  const total = sealedFileBytes(size);
  const pace = createPace(MOST_BYTES, now);
  for (let from = 0; from < total; ) {
    const to = Math.min(total, from + pace.bytes());
    const path = `/api/conversations/${conversation}/files/${id}`;
    const bytes = await patience.persist(() => pace.timed(() => api.getBytes(path, [from, to])), isOver);
    // Another length is for whoever opens it to refuse.
    for (let at = 0; at < bytes.length; at += FILE_SEGMENT_BYTES)
      yield bytes.slice(at, at + FILE_SEGMENT_BYTES);
    from = to;
    if (isOver()) throw new AppError("offline", "given up");
  }
}
