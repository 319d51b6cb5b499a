import type { AccountId } from "../../base/ids.ts";
import { AppError } from "../../protocol/errors.ts";
import { memoryShelf, type Shelf } from "./shelf.ts";

/** Where a browser has no files of its own, no more than this is held in memory. */
const MOST_IN_MEMORY = 32 * 1024 * 1024;

/** In the origin's private file system: a folder of each account. */
export async function openBrowserShelf(account: AccountId): Promise<Shelf> {
  const folder = await findFolder(account).catch(() => null);
  return folder ? folderShelf(folder) : memoryShelf(MOST_IN_MEMORY);
}

/** Null where pages cannot write there: older Safari lets workers alone. */
async function findFolder(account: AccountId): Promise<FileSystemDirectoryHandle | null> {
  if (!("FileSystemFileHandle" in window) || !("createWritable" in FileSystemFileHandle.prototype))
    return null;
  return (await navigator.storage.getDirectory()).getDirectoryHandle(account, { create: true });
}

function folderShelf(folder: FileSystemDirectoryHandle): Shelf {
  return {
    lasting: true,
    async write(name, pieces) {
      const file = await folder.getFileHandle(name, { create: true });
      const writing = await file.createWritable().catch(tellOfRoom);
      try {
        for await (const piece of pieces)
          await writing.write(piece as Uint8Array<ArrayBuffer>).catch(tellOfRoom);
        await writing.close().catch(tellOfRoom);
      } catch (error) {
        await writing.abort().catch(() => {});
        await folder.removeEntry(name).catch(() => {});
        throw error;
      }
    },
    async read(name, from = 0, to) {
      try {
        const file = await (await folder.getFileHandle(name)).getFile();
        return new Uint8Array(await file.slice(from, to).arrayBuffer());
      } catch {
        throw new AppError("not-found", "not on the shelf");
      }
    },
    remove: (name) => folder.removeEntry(name).catch(() => {}),
    async names() {
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      return names;
    },
  };
}

function tellOfRoom(error: unknown): never {
  if (error instanceof DOMException && error.name === "QuotaExceededError")
    throw new AppError("no-room-here", "quota");
  throw error;
}
