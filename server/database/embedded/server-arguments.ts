import { SQL_MODE } from "../connection.ts";

export interface ServerSettings {
  readonly folder: string;
  readonly socketPath: string;
  readonly initFile: string;
  readonly bufferPoolMegabytes: number;
}

/** InnoDB's own: with the smallest of pools too. */
const LEAST_LOG_MEGABYTES = 96;

/** How the private mariadbd runs: reachable by its socket only, and no setting trades durability. */
export function serverArguments({
  folder,
  socketPath,
  initFile,
  bufferPoolMegabytes,
}: ServerSettings): string[] {
  return [
    "--no-defaults",
    `--datadir=${folder}`,
    `--tmpdir=${temporaryFolder(folder)}`,
    `--socket=${socketPath}`,
    `--pid-file=${folder}/mariadbd.pid`,
    `--init-file=${initFile}`,
    "--skip-networking",
    "--skip-name-resolve",
    "--skip-log-bin",
    "--performance-schema=OFF",
    `--sql-mode=${SQL_MODE}`,
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_unicode_ci",
    "--default-time-zone=+00:00",
    "--innodb-flush-log-at-trx-commit=1",
    // Deleted rows are overwritten in the file, not only unlinked.
    "--innodb-immediate-scrub-data-uncompressed=ON",
    `--innodb-buffer-pool-size=${bufferPoolMegabytes}M`,
    // Whenever it is full, pages are written that change again at once: under load a fifth of the database's work. Not
    // larger, since what was deleted is in it until other writes have gone round it.
    `--innodb-log-file-size=${Math.max(Math.floor(bufferPoolMegabytes / 2), LEAST_LOG_MEGABYTES)}M`,
    ...asRoot(),
  ];
}

/**
 * Not the system's /tmp: whichever mariadbd starts removes the temporary tables there, those of another one that runs
 * as well, and what lies in them is nobody else's to see.
 */
export function temporaryFolder(folder: string): string {
  return `${folder}-tmp`;
}

/** mariadbd refuses to run as root unless told so. */
export function asRoot(): string[] {
  return process.getuid?.() === 0 ? ["--user=root"] : [];
}
