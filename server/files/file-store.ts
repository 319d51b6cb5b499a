import {
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  stat,
  statfs,
  unlink,
} from "node:fs/promises";
import { join } from "node:path";
import { type FileId, idFromBytes, idToBytes } from "../../lib/base/ids.ts";

/** The disk is full, or as full as files may make it. */
export class StorageFullError extends Error {
  override readonly name = "StorageFullError";
}

/** What the sender stopped sending is no failure of the disk's: what has come counts. */
export interface Written {
  readonly bytes: number;
  /** Why no more came; null where all did. */
  readonly cut: unknown;
}

const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const READ_BYTES = 256 * 1024;
/** Names the database whose files lie here. */
const OWNER_FILE = "database";
/** By the last byte of an id, which is random where the first ones are a time. */
const FOLDERS = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
const NAME = /^[0-9a-f]{32}$/;

/**
 * Bytes by their ids, in a folder that nothing else writes to. Several nodes may share it.
 * @param free bytes that are left on a disk, as whoever may write has them
 */
export function createFileStore(folder: string, free: (folder: string) => Promise<number> = freeOf) {
  const ownerFile = join(folder, OWNER_FILE);

  function nameOf(id: FileId): { folder: string; path: string } {
    const name = Buffer.from(idToBytes(id)).toString("hex");
    const own = join(folder, name.slice(-2));
    return { folder: own, path: join(own, name) };
  }

  /** To write into: bytes that are there stay. */
  async function openToWrite(id: FileId): Promise<FileHandle> {
    const { folder: own, path } = nameOf(id);
    try {
      return await open(path, "r+");
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
    await mkdir(own, { recursive: true, mode: 0o700 });
    const handle = await open(path, "a", 0o600);
    await handle.close();
    await sync(own);
    return open(path, "r+");
  }

  return {
    folder,

    /** Bytes that may still be written. */
    free: () => free(folder),

    /**
     * Writes what comes from `offset` on. What it says to be written is on the disk itself, and survives whatever ends.
     * @param limit what comes beyond so many bytes is not taken
     * @throws StorageFullError; then, and on every other error of the disk, nothing counts as written
     */
    async write(
      id: FileId,
      offset: number,
      limit: number,
      chunks: AsyncIterable<Uint8Array>,
      signal: AbortSignal,
    ): Promise<Written> {
      const handle = await failing(openToWrite(id));
      try {
        let bytes = 0;
        let cut: unknown = null;
        const source = chunks[Symbol.asyncIterator]();
        for (;;) {
          const next = await endedBy(signal, () => source.next()).catch((error: unknown) => {
            cut = error ?? new Error("cut off");
            return null;
          });
          if (!next || next.done) break;
          const taken = next.value.subarray(0, limit - bytes);
          await failing(writeAll(handle, taken, offset + bytes));
          bytes += taken.length;
          if (taken.length < next.value.length) {
            cut = new RangeError("more than there is room for");
            break;
          }
        }
        if (cut) void source.return?.()?.catch(() => {});
        await failing(handle.datasync());
        return { bytes, cut };
      } catch (error) {
        // What does not count must not take up what is scarce.
        await handle.truncate(offset).catch(() => {});
        throw error;
      } finally {
        await handle.close();
      }
    },

    /**
     * The bytes from `start` to, not with, `end`, read as they are asked for.
     * @returns null where there is no such file, or a shorter one
     */
    async read(id: FileId, start: number, end: number): Promise<AsyncGenerator<Uint8Array> | null> {
      const { path } = nameOf(id);
      return (await sizeOf(path)) >= end ? parts(path, start, end) : null;
    },

    /** How many bytes of it are there. */
    size: (id: FileId): Promise<number> => sizeOf(nameOf(id).path),

    async remove(id: FileId): Promise<void> {
      await unlink(nameOf(id).path).catch(nullIfAbsent);
    },

    /** All ids that there are bytes of, folder by folder. */
    async *ids(): AsyncGenerator<FileId[]> {
      for (const own of FOLDERS) {
        const names = (await readdir(join(folder, own)).catch(nullIfAbsent)) ?? [];
        const ids = names.filter((name) => NAME.test(name) && name.endsWith(own));
        if (ids.length > 0) yield ids.map((name) => idFromBytes<FileId>(Buffer.from(name, "hex")));
      }
    },

    /** Whose folder it is; null where nothing says so, as on a disk that is not there. */
    owner: (): Promise<string | null> => readFile(ownerFile, "utf8").catch(nullIfAbsent),

    /** Whether bytes of any file lie there. */
    async isEmpty(): Promise<boolean> {
      const names = (await readdir(folder).catch(nullIfAbsent)) ?? [];
      return !names.some((name) => FOLDERS.includes(name));
    },

    /** Makes the folder, and says whose it is unless something does already; of several nodes one does. */
    async claim(owner: string): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = `${ownerFile}.${owner}`;
      const handle = await open(draft, "w", 0o600);
      try {
        await handle.writeFile(owner);
        await handle.sync();
        await link(draft, ownerFile).catch((error: unknown) => {
          if (codeOf(error) !== "EEXIST") throw error;
        });
      } finally {
        await handle.close();
        await unlink(draft);
      }
      await sync(folder);
    },
  };
}

export type FileStore = ReturnType<typeof createFileStore>;

/** Opens the file with the first part: what nobody begins to read leaves nothing open. */
async function* parts(path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  const handle = await open(path, "r");
  try {
    for (let at = start; at < end; ) {
      const length = Math.min(READ_BYTES, end - at);
      const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, at);
      if (bytesRead === 0) throw new Error("the file ended early");
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(nullIfAbsent))?.size ?? 0;

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

/** Rejects when the signal comes first. Where it came before nothing is begun, which nobody would hear failing. */
function endedBy<T>(signal: AbortSignal, begin: () => Promise<T>): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    begin()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", abort));
  });
}

/** A new name in a folder is on the disk once the folder is. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function freeOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function failing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (FULL.has(codeOf(error))) throw new StorageFullError(codeOf(error));
    throw error;
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown })?.code);
const isAbsent = (error: unknown): boolean => codeOf(error) === "ENOENT";

function nullIfAbsent(error: unknown): null {
  if (isAbsent(error)) return null;
  throw error;
}
