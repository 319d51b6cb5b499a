import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Pool } from "mariadb";

const NAME = /^[0-9a-f]{32}$/;

/** What the folder of files of a server that has stopped lacks, or has that no row explains; in words. */
export async function findFileMisfits(pool: Pool, folder: string): Promise<string[]> {
  const rows: { id: string; received: number }[] = await pool.query(
    "SELECT LOWER(HEX(id)) id, received FROM file UNION SELECT LOWER(HEX(id)), 0 FROM file_removal",
  );
  const paths = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true }))
    if (NAME.test(basename(entry))) paths.set(basename(entry), join(folder, entry));
  const known = new Set(rows.map(({ id }) => id));
  const misfits = [...paths.keys()].filter((id) => !known.has(id)).map((id) => `bytes of no file: ${id}`);
  for (const { id, received } of rows) {
    const path = paths.get(id);
    const size = path ? (await stat(path)).size : 0;
    if (size < received) misfits.push(`${size} of ${received} bytes that are said to be there: ${id}`);
  }
  return misfits;
}
