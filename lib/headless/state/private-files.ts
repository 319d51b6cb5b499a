import { randomUUID } from "node:crypto";
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { EXIT, type ExitCode, Failure } from "../failure.ts";

/** Files that nobody else may read, and nobody may find half written. */

const OTHERS = 0o077;

/** @throws Failure "unsafe-mode" where it is there and open to others, "unwritable" where it cannot be made */
export function makePrivateFolder(path: string): void {
  try {
    makeFolders(path, 0o700);
  } catch (error) {
    throw unwritable(path, error);
  }
  requirePrivateFolder(path);
}

/** With what is above it. Node's own way tries without end where the system says that nothing is there, as below /proc. */
export function makeFolders(path: string, mode = 0o777): void {
  const make = () => {
    try {
      mkdirSync(path, mode);
    } catch (error) {
      const isThere = statSync(path, { throwIfNoEntry: false })?.isDirectory();
      if (!isThere) throw error;
    }
  };
  try {
    make();
  } catch (error) {
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || above === path) throw error;
    makeFolders(above, mode);
    make();
  }
}

/** @throws Failure "unsafe-mode" where it is open to others */
export function requirePrivateFolder(path: string): void {
  requirePrivate(path, statSync(path));
}

/**
 * @param exit of what cannot be opened: another one where this program keeps the file than where somebody named it
 * @returns null where there is no such file. @throws Failure "unsafe-mode", "unreadable-file"
 */
export function readPrivateFile(path: string, exit: ExitCode = EXIT.usage): string | null {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw unreadable(path, error, exit);
  }
  try {
    const about = fstatSync(file);
    requirePrivate(path, about);
    if (about.isDirectory()) throw new Failure(exit, "unreadable-file", `${path} is a folder.`);
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

/**
 * Whole or not at all, whatever ends in between: the file there before stays until the new one is on the disk.
 * @throws Failure "unwritable"
 */
export function writePrivateFile(path: string, content: string): void {
  const fresh = `${path}.${randomUUID()}.new`;
  try {
    const file = openSync(fresh, "wx", 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw unwritable(path, error);
  }
  syncFolder(dirname(path));
}

/** For what is shown once and must not take the place of anything. @throws Failure "file-exists", "unwritable" */
export function createPrivateFile(path: string, content: string): void {
  let file: number;
  try {
    file = openSync(path, "wx", 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw unreadable(path, error, EXIT.usage);
    throw new Failure(EXIT.usage, "file-exists", `${path} is there already and would be overwritten.`);
  }
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } catch (error) {
    throw unwritable(path, error);
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function requirePrivate(path: string, { mode, uid }: { mode: number; uid: number }): void {
  const own = process.getuid?.();
  if (own !== undefined && uid !== own)
    throw new Failure(EXIT.state, "unsafe-mode", `${path} belongs to somebody else.`);
  if ((mode & OTHERS) !== 0)
    throw new Failure(
      EXIT.state,
      "unsafe-mode",
      `${path} is open to others (mode ${(mode & 0o777).toString(8)}). Close it: chmod go= ${path}`,
    );
}

/** As where the disk is full. */
export function unwritable(path: string, error: unknown): Failure {
  const { code } = error as NodeJS.ErrnoException;
  return new Failure(EXIT.state, "unwritable", `${path} cannot be written (${code ?? error}).`);
}

function unreadable(path: string, error: unknown, exit: ExitCode): Failure {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return new Failure(EXIT.usage, "no-file", `${path} is not there.`);
  return new Failure(exit, "unreadable-file", `${path} cannot be opened (${code ?? error}).`);
}
