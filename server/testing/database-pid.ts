import { readdirSync, readFileSync } from "node:fs";

/** The mariadbd whose command line names this data folder; null where none runs. */
export function databasePid(dataFolder: string): number | null {
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
      if (/^\S*mariadbd\0/.test(command) && command.includes(dataFolder)) return Number(name);
    } catch {
      // Ended meanwhile.
    }
  }
  return null;
}
