import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Pool } from "mariadb";
import { pino } from "pino";
import { openPool } from "../../../server/database/connection.ts";
import { startEmbeddedDatabase } from "../../../server/database/embedded/embedded-database.ts";

/** Looks into the tables of a server that has stopped. */
export async function withDatabase<T>(dataFolder: string, look: (pool: Pool) => Promise<T>): Promise<T> {
  const log = pino({ level: "silent" });
  const database = await startEmbeddedDatabase({ dataFolder, bufferPoolMegabytes: 32, log });
  const pool = openPool(database, 2);
  try {
    return await look(pool);
  } finally {
    await pool.end();
    await database.stop();
  }
}

const PAGE_BYTES = 4096;
const EMPTY_PAGE = Buffer.alloc(PAGE_BYTES);

/**
 * Every file of the database as it lies on the disk: tables, logs, and what was deleted and not yet overwritten. Without
 * what was never written, which is most of it.
 */
export function databaseFiles(dataFolder: string): { path: string; bytes: Buffer }[] {
  const folder = join(dataFolder, "mariadb");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, bytes: writtenPages(readFileSync(path)) }));
}

function writtenPages(bytes: Buffer): Buffer {
  const pages: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += PAGE_BYTES) {
    const page = bytes.subarray(at, at + PAGE_BYTES);
    if (!page.equals(EMPTY_PAGE)) pages.push(page);
  }
  return Buffer.concat(pages);
}
