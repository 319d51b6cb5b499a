import { randomUUID } from "node:crypto";
import { link, open, rm } from "node:fs/promises";
import { extname, join } from "node:path";
import { EXIT, Failure, usage } from "../failure.ts";
import { makeFolders, unwritable } from "../state/private-files.ts";
import { removedAtExit } from "../state/removed-at-exit.ts";
import { plain } from "../terminal/output.ts";

const MOST_NAME_BYTES = 200;
const MOST_OF_ONE_NAME = 1_000;

/**
 * Writes pieces into a new file, mode 600, which gets its name once the last piece is there: what is cut off or damaged leaves none.
 * @param name as the sender says; what would lead elsewhere, hide the file or write over one that is there, is changed
 * @returns where it is
 */
export async function saveFile(
  folder: string,
  name: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<string> {
  try {
    makeFolders(folder);
  } catch (error) {
    throw usage(`${folder} is no folder, and cannot be made (${(error as NodeJS.ErrnoException).code}).`);
  }
  const own = localName(name);
  const part = join(folder, `${own}.${randomUUID()}.part`);
  const written = removedAtExit(part);
  try {
    const draft = await open(part, "wx", 0o600).catch((error: unknown) => {
      throw unwritable(folder, error);
    });
    try {
      for await (const piece of pieces) await draft.writeFile(piece);
      await draft.sync();
    } finally {
      await draft.close();
    }
    return await nameIt(part, folder, own);
  } finally {
    await rm(part, { force: true });
    written();
  }
}

/** One word of a path, visible, of a length that file systems take. */
export function localName(name: string): string {
  const words = plain(name)
    .replace(/[/\\\p{Cc}]/gu, "_")
    .trim()
    .replace(/^\.+/, "_");
  const ending = extname(words).slice(0, 20);
  let stem = words.slice(0, words.length - ending.length);
  while (Buffer.byteLength(stem + ending) > MOST_NAME_BYTES) stem = [...stem].slice(0, -1).join("");
  return stem + ending || "file";
}

/** The name, or the same with a number: a link is made only where nothing is. */
async function nameIt(part: string, folder: string, name: string): Promise<string> {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let i = 1; i <= MOST_OF_ONE_NAME; i++) {
    const path = join(folder, i === 1 ? name : `${stem} (${i})${ending}`);
    try {
      await link(part, path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  throw new Failure(EXIT.usage, "file-exists", `${join(folder, name)} is there already, many times.`);
}
