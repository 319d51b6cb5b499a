import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Shelf } from "../../client/files/shelf.ts";
import { AppError } from "../../protocol/errors.ts";

/** Sealed files that have no name on the disk: however this process ends, nothing of them stays there. */
export function temporaryShelf(): Shelf {
  const kept = new Map<string, FileHandle>();

  async function remove(name: string): Promise<void> {
    const file = kept.get(name);
    kept.delete(name);
    await file?.close();
  }

  return {
    lasting: false,
    async write(name, pieces) {
      const file = await openNameless();
      try {
        for await (const piece of pieces) await file.writeFile(piece);
      } catch (error) {
        await file.close();
        throw asRefusal(error);
      }
      await remove(name);
      kept.set(name, file);
    },
    async read(name, from = 0, to) {
      const file = kept.get(name);
      if (!file) throw new AppError("not-found", "not on the shelf");
      const { size } = await file.stat();
      const bytes = new Uint8Array(Math.min(to ?? size, size) - from);
      await file.read(bytes, 0, bytes.length, from);
      return bytes;
    },
    remove,
    names: async () => [...kept.keys()],
  };
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `sceau-${randomUUID()}`);
  try {
    const file = await open(path, "wx+", 0o600);
    await rm(path);
    return file;
  } catch (error) {
    throw asRefusal(error);
  }
}

function asRefusal(error: unknown): unknown {
  const isFull = (error as NodeJS.ErrnoException).code === "ENOSPC";
  return isFull ? new AppError("no-room-here", "disk") : error;
}
