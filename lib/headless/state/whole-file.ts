import { randomUUID } from "node:crypto";
import { link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { unwritable } from "./private-files.ts";
import { removedAtExit } from "./removed-at-exit.ts";

/** What a file system says that has no hard links, as vfat and some of the network. */
const NO_LINKS = ["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"];

/**
 * Writes pieces into a new file, mode 600, under a name of its own beside the one that it is to have.
 * @param finish gives it that name once the last piece is on the disk; whatever fails or ends before, nothing stays
 */
export async function writeWhole<T>(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  finish: (part: string) => Promise<T>,
): Promise<T> {
  const part = `${path}.${randomUUID()}.part`;
  const written = removedAtExit(part);
  try {
    const draft = await open(part, "wx", 0o600).catch((error: unknown) => {
      throw unwritable(dirname(path), error);
    });
    try {
      for await (const piece of pieces) await draft.writeFile(piece);
      await draft.sync();
    } finally {
      await draft.close();
    }
    return await finish(part);
  } finally {
    await rm(part, { force: true });
    written();
  }
}

/** Gives a file this name, never in place of what has it. @returns whether it was free */
export async function takeName(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
    return true;
  } catch (error) {
    if (isThere(error)) return false;
    if (!NO_LINKS.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
  try {
    // An empty file of one's own holds the place, and is what is replaced.
    await (await open(path, "wx", 0o600)).close();
  } catch (error) {
    if (isThere(error)) return false;
    throw error;
  }
  try {
    await rename(part, path);
    return true;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

const isThere = (error: unknown) => (error as NodeJS.ErrnoException).code === "EEXIST";
