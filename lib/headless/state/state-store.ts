import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { oneByOne } from "../../base/one-by-one.ts";
import { EXIT, Failure } from "../failure.ts";
import { type AccountState, decodeState, encodeState } from "./account-state.ts";
import { isForgotten, takeLock } from "./file-lock.ts";
import { readPrivateFile, writePrivateFile } from "./private-files.ts";
import { type FileKey, openFile, sealFile } from "./sealed-file.ts";

export const STATE_FILE = "state";
const LOCK_FILE = "lock";
/** Each change takes milliseconds: longer than this nobody waits for others, whatever patience there is. */
const PATIENCE_MS = 30_000;
/** What a process left behind that ended while it wrote, waited for a lock, or held one that nobody may ask for again. */
const DRAFT = /^state\.[\w-]{36}\.new$/;
const WAITING = /^(lock|listening|arriving|alone-[\w-]+)\.[\w-]{36}$/;
const HELD = /^alone-[\w-]+$/;
const DRAFT_MS = 10 * 60_000;
/** Longer than any --timeout: of a process elsewhere nothing but its age is seen. */
const WAITING_MS = 25 * 60 * 60_000;

/**
 * One account's state, for any number of processes at once: each reads what is there, and changes it alone. A change is
 * on the disk before it counts, so that no device sequence is given out twice.
 */
export interface StateStore {
  readonly folder: string;
  /** As it is now, whoever wrote it. @throws Failure */
  read(): Readonly<AccountState>;
  /** @param change alters its argument; when it throws, nothing has changed. @throws Failure */
  update<T>(change: (state: AccountState) => T): Promise<T>;
}

/** @param patience milliseconds to wait for another process that changes it */
export function createStateStore(folder: string, key: FileKey, patience = PATIENCE_MS): StateStore {
  const path = join(folder, STATE_FILE);
  let known: { stamp: string; text: string; state: AccountState } | null = null;
  const inOrder = oneByOne();

  function load(): { text: string; state: AccountState } {
    const stamp = stampOf(path);
    if (known?.stamp === stamp) return known;
    const sealed = readPrivateFile(path, EXIT.state);
    if (sealed === null) throw gone();
    const text = openFile(key, sealed);
    const state = decodeState(text);
    if (!state) throw new Failure(EXIT.state, "state-version", "The state was written by a later version.");
    known = { stamp, text, state };
    return known;
  }

  async function change<T>(alter: (state: AccountState) => T): Promise<T> {
    const release = await takeLock(join(folder, LOCK_FILE), Math.min(patience, PATIENCE_MS));
    if (!release)
      throw new Failure(
        EXIT.waiting,
        "busy",
        `Another process holds ${join(folder, LOCK_FILE)} all the time.`,
      );
    try {
      const before = load();
      const state = structuredClone(before.state);
      const result = alter(state);
      const text = encodeState(state);
      if (text !== before.text) {
        writePrivateFile(path, sealFile(key, text));
        known = { stamp: stampOf(path), text, state };
      }
      return result;
    } finally {
      release();
    }
  }

  return {
    folder,
    read: () => load().state,
    update: (alter) => inOrder(() => change(alter)),
  };
}

/** The first of an account: the folder is there and empty. */
export function createState(
  folder: string,
  key: FileKey,
  state: AccountState,
  patience?: number,
): StateStore {
  writePrivateFile(join(folder, STATE_FILE), sealFile(key, encodeState(state)));
  return createStateStore(folder, key, patience);
}

export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (DRAFT.test(name) ? isOld(path) : WAITING.test(name) && isForgotten(path, WAITING_MS))
      rmSync(path, { force: true });
    // Another one may take it at this very moment: so it is taken, and given back.
    else if (HELD.test(name) && isForgotten(path)) (await takeLock(path, 0))?.();
  }
}

function isOld(path: string): boolean {
  const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > DRAFT_MS;
}

/** A change is another file in its place: each has a number of its own. */
function stampOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!found) throw gone();
  return `${found.ino} ${found.mtimeNs} ${found.size}`;
}

function gone(): Failure {
  return new Failure(
    EXIT.signedOut,
    "signed-out",
    "This account was taken away here meanwhile: sign in again.",
  );
}
