import { constants, type FileHandle, open } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { ConversationId } from "../../base/ids.ts";
import { createPatience } from "../../client/files/patience.ts";
import { sealSource } from "../../client/files/seal-files.ts";
import { sendBytes } from "../../client/files/send-bytes.ts";
import type { FileSource } from "../../client/model-files.ts";
import { sealedFileBytes } from "../../crypto/file.ts";
import { type AttachedFile, filesOf } from "../../protocol/content.ts";
import { AppError } from "../../protocol/errors.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { usage } from "../failure.ts";
import { type Client, explained } from "./connect.ts";

/** By the ending of a name; what is not here is bytes to whoever receives it. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ...{ ".txt": "text/plain", ".log": "text/plain", ".md": "text/markdown", ".csv": "text/csv" },
  ...{ ".json": "application/json", ".pdf": "application/pdf", ".zip": "application/zip" },
  ...{ ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif" },
  ...{ ".webp": "image/webp", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".mp4": "video/mp4" },
};

interface LocalFile {
  readonly source: FileSource;
  readonly handle: FileHandle;
}

/**
 * Seals files, brings them to the server and hands them to `use`, which sends the message; where that does not end well, nothing
 * of them stays there.
 * @param patience how long nothing may move, in milliseconds
 * @throws Failure "usage" for what is no file; AppError "file-too-large", as the server refuses, as `use` throws
 */
export async function withSentFiles<T>(
  client: Client,
  conversation: ConversationId,
  paths: readonly string[],
  patience: number,
  use: (files: AttachedFile[]) => Promise<T>,
): Promise<T> {
  if (paths.length > LIMITS.files) throw usage(`A message holds at most ${LIMITS.files} files.`);
  const { api, platform, vault } = client.unlocked.parts;
  const local: LocalFile[] = [];
  const files: AttachedFile[] = [];
  const shelf = await platform.openShelf(vault.account);
  try {
    for (const path of paths) local.push(await openLocal(path));
    const { largestFile } = client.messenger.getState();
    if (local.some(({ source }) => source.size > Math.min(largestFile, LIMITS.fileBytes)))
      throw new AppError("file-too-large");
    const place = { conversation, sender: vault.account };
    for (const { source } of local)
      files.push(await sealSource(shelf, place, source, platform.now(), () => {}));
    const deps = { api, shelf, patience: createPatience(), now: platform.now };
    let movedAt = Date.now();
    const moved = () => {
      movedAt = Date.now();
    };
    const isOver = () => Date.now() - movedAt > patience;
    for (const { id, size } of files)
      await sendBytes(deps, conversation, id, sealedFileBytes(size), moved, isOver);
    return await use(files);
  } catch (error) {
    for (const { id } of files)
      await api.send("DELETE", `/api/conversations/${conversation}/files/${id}`, {}).catch(() => {});
    throw explained(error, client.platform);
  } finally {
    for (const { handle } of local) await handle.close();
    for (const id of filesOf({ type: "text", text: "", files })) await shelf.remove(id);
  }
}

async function openLocal(path: string): Promise<LocalFile> {
  // Of a named pipe nobody writes to, opening would never end.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      throw usage(`${path} cannot be read (${error.code}).`);
    },
  );
  const about = await handle.stat();
  if (!about.isFile()) {
    await handle.close();
    throw usage(`${path} is no file.`);
  }
  // As below /proc: what such a file holds, nobody knows before it is read.
  if (about.size === 0 && (await handle.read(new Uint8Array(1), 0, 1, 0)).bytesRead > 0) {
    await handle.close();
    throw usage(`${path} does not say how long it is: send a copy.`);
  }
  const source: FileSource = {
    name: basename(path),
    mediaType: MEDIA_TYPES[extname(path).toLowerCase()] ?? "application/octet-stream",
    size: about.size,
    async read(from, to) {
      const bytes = new Uint8Array(to - from);
      for (let done = 0; done < bytes.length; ) {
        const { bytesRead } = await handle.read(bytes, done, bytes.length - done, from + done);
        if (bytesRead === 0) throw usage(`${path} became shorter while it was read.`);
        done += bytesRead;
      }
      return bytes;
    },
    preview: null,
  };
  return { source, handle };
}
