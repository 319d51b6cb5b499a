import { extname, join } from "node:path";
import { EXIT, Failure, usage } from "../failure.ts";
import { makeFolders } from "../state/private-files.ts";
import { takeName, writeWhole } from "../state/whole-file.ts";
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
  return writeWhole(join(folder, own), pieces, (part) => nameIt(part, folder, own));
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

/** The name, or the same with a number: nothing is written over. */
async function nameIt(part: string, folder: string, name: string): Promise<string> {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let i = 1; i <= MOST_OF_ONE_NAME; i++) {
    const path = join(folder, i === 1 ? name : `${stem} (${i})${ending}`);
    if (await takeName(part, path)) return path;
  }
  throw new Failure(EXIT.usage, "file-exists", `${join(folder, name)} is there already, many times.`);
}
