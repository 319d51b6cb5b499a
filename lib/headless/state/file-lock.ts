import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, statSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { unwritable } from "./private-files.ts";
import { encodeProcessName, livenessOf, parseProcessName, thisProcess } from "./process-name.ts";

/** Whoever holds a lock shows it this often; of a holder elsewhere nothing else can be seen. */
const SHOW_MS = 5_000;
const FORGOTTEN_MS = 60_000;
const LOOK_MS = 10;

/**
 * A file that one process holds at a time. It is made whole or not at all, names its holder, and outlives nobody: of a
 * holder that is gone it is taken away by whoever comes next.
 * @param patience milliseconds to wait for another holder
 * @throws Failure "unwritable"
 * @returns gives it back; null when another one has it all the time
 */
export async function takeLock(path: string, patience: number): Promise<(() => void) | null> {
  const deadline = Date.now() + patience;
  const name = `${path}.${randomUUID()}`;
  try {
    writeFileSync(name, `${encodeProcessName(thisProcess)}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    try {
      removeFile(name);
    } catch {
      // Where nothing may be written, nothing was.
    }
    throw unwritable(path, error);
  }
  try {
    for (;;) {
      if (linkOnce(name, path)) return hold(path);
      removeForgotten(name, path);
      if (linkOnce(name, path)) return hold(path);
      if (Date.now() >= deadline) return null;
      await sleep(LOOK_MS);
    }
  } finally {
    unlinkSync(name);
  }
}

function hold(path: string): () => void {
  const show = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // Taken away by hand: there is nothing to show.
    }
  }, SHOW_MS);
  show.unref();
  return () => {
    clearInterval(show);
    removeFile(path);
  };
}

/** Only one at a time looks and removes: else the second would remove what a third has made meanwhile. */
function removeForgotten(name: string, path: string): void {
  if (!isForgotten(path)) return;
  const guard = `${path}.guard`;
  if (!linkOnce(name, guard)) {
    if (isForgotten(guard)) removeFile(guard);
    return;
  }
  try {
    if (isForgotten(path)) removeFile(path);
  } finally {
    removeFile(guard);
  }
}

/**
 * Whether this lock, or a file that waits for one, is of a process that is gone.
 * @param silence milliseconds after which one elsewhere counts as gone
 */
export function isForgotten(path: string, silence = FORGOTTEN_MS): boolean {
  try {
    const holder = parseProcessName(readFileSync(path, "utf8"));
    const liveness = holder ? livenessOf(holder) : "elsewhere";
    if (liveness !== "elsewhere") return liveness === "gone";
    return Date.now() - statSync(path).mtimeMs > silence;
  } catch {
    return false;
  }
}

function linkOnce(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
