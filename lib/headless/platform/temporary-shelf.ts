import { mkdtemp, open, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Shelf } from "../../client/files/shelf.ts";
import { AppError } from "../../protocol/errors.ts";
import { removedAtExit } from "../state/removed-at-exit.ts";

/** Sealed files in a folder of this process alone. It does not last: what a command could not send is taken back. */
export function temporaryShelf(): Shelf {
  let folder: Promise<string> | null = null;
  let forget = () => {};
  /** How many are about to be in it. */
  let writing = 0;
  const requireFolder = () => {
    folder ??= mkdtemp(join(tmpdir(), "sceau-")).then((path) => {
      forget = removedAtExit(path);
      return path;
    });
    return folder;
  };

  return {
    lasting: false,
    async write(name, pieces) {
      writing += 1;
      try {
        await writeFile(join(await requireFolder(), name), pieces);
      } finally {
        writing -= 1;
      }
    },
    async read(name, from = 0, to) {
      const file = await open(join(await requireFolder(), name)).catch(() => {
        throw new AppError("not-found", "not on the shelf");
      });
      try {
        const { size } = await file.stat();
        const bytes = new Uint8Array(Math.min(to ?? size, size) - from);
        await file.read(bytes, 0, bytes.length, from);
        return bytes;
      } finally {
        await file.close();
      }
    },
    /** The folder goes with its last file. */
    async remove(name) {
      if (!folder) return;
      const path = await folder;
      await rm(join(path, name), { force: true });
      if ((await readdir(path)).length > 0 || writing > 0) return;
      folder = null;
      await rm(path, { recursive: true, force: true });
      forget();
    },
    names: async () => (folder ? readdir(await folder) : []),
  };
}

async function writeFile(path: string, pieces: Parameters<Shelf["write"]>[1]): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    for await (const piece of pieces) await file.writeFile(piece);
  } catch (error) {
    await rm(path, { force: true });
    throw isFull(error) ? new AppError("no-room-here", "disk") : error;
  } finally {
    await file.close();
  }
}

function isFull(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOSPC";
}
