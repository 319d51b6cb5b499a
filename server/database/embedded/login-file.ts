import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Login } from "./server-process.ts";

/**
 * How the command line gets to a private database that is running: a file beside it, mode 600, as long as it runs. Whoever reads
 * the data folder has the server's keys in any case.
 */
const pathOf = (dataFolder: string): string => join(dataFolder, "mariadb.login");

const schema = z.strictObject({
  socketPath: z.string(),
  user: z.string(),
  password: z.string(),
  database: z.string(),
});

export function writeLogin(dataFolder: string, { socketPath, user, password, database }: Login): void {
  const path = pathOf(dataFolder);
  rmSync(`${path}.new`, { force: true });
  writeFileSync(`${path}.new`, JSON.stringify({ socketPath, user, password, database }), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export function removeLogin(dataFolder: string): void {
  rmSync(pathOf(dataFolder), { force: true });
}

/** @returns null when no database runs on that folder, or was killed before it had written this down */
export function readLogin(dataFolder: string): Login | null {
  try {
    return schema.parse(JSON.parse(readFileSync(pathOf(dataFolder), "utf8")));
  } catch {
    return null;
  }
}
