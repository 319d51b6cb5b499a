import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { BootError } from "../../boot-error.ts";

export interface Programs {
  readonly mariadbd: string;
  /** util-linux: run a program that dies with its parent. */
  readonly setpriv: string;
  /** util-linux: run a program while holding a lock file. */
  readonly flock: string;
}

/** Distributions keep server programs outside an ordinary user's PATH. */
const SERVER_FOLDERS = ["/usr/sbin", "/usr/local/sbin", "/usr/libexec", "/usr/bin", "/usr/local/bin"];

/** @throws BootError naming the first program that is not installed. */
export function requirePrograms(): Programs {
  return {
    mariadbd: requireProgram(
      "mariadbd",
      "MariaDB's server (Debian, Ubuntu: apt-get install mariadb-server-core)",
    ),
    setpriv: requireProgram("setpriv", "util-linux"),
    flock: requireProgram("flock", "util-linux"),
  };
}

function requireProgram(name: string, from: string): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...SERVER_FOLDERS].filter(Boolean);
  const found = folders.map((folder) => join(folder, name)).find(isExecutable);
  if (!found)
    throw new BootError(`${name} is missing: install ${from}, or set DATABASE_URL to use another MariaDB.`);
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The SQL files that make MariaDB's own tables, in the order of `mariadb-install-db`. They were renamed
 * from `mysql_*` to `mariadb_*` in MariaDB 11, and distributions differ in the folder.
 *
 * @throws BootError when they are nowhere.
 */
export function requireSystemTables(mariadbd: string): string[] {
  const prefix = dirname(dirname(realpathSync(mariadbd)));
  for (const share of new Set([join(prefix, "share"), "/usr/share", "/usr/local/share"])) {
    for (const folder of ["mariadb", "mysql"]) {
      for (const brand of ["mariadb", "mysql"]) {
        const files = ["system_tables", "performance_tables", "system_tables_data"].map((part) =>
          join(share, folder, `${brand}_${part}.sql`),
        );
        if (files.every((file) => existsSync(file))) return files;
      }
    }
  }
  throw new BootError(
    "MariaDB's system table files (mariadb_system_tables.sql) are missing: reinstall its server.",
  );
}
