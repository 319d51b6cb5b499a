import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newAccountState } from "./account-state.ts";
import { takeLock } from "./file-lock.ts";
import { encodeProcessName, thisProcess } from "./process-name.ts";
import { deriveKey, type FileKey, newPassphraseKey, readProtection } from "./sealed-file.ts";
import {
  createState,
  createStateStore,
  removeLeftovers,
  STATE_FILE,
  type StateStore,
} from "./state-store.ts";

const KEY: FileKey = { protection: { kind: "key-file" }, key: new Uint8Array(32).fill(7) };
const STATE = newAccountState({ origin: "https://sceau.test", name: "alice", certificates: null }, 1);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sceau-state-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, STATE_FILE);

/** As another process would have it: nothing in common but the file. */
const others = (key = KEY) => createStateStore(folder, key);

const count = (store: StateStore) =>
  store.update(({ sequences }) => {
    sequences.talk = (sequences.talk ?? 0) + 1;
    return sequences.talk;
  });

describe("the state of an account", () => {
  test("is sealed, closed to others, and read back with its bytes", async () => {
    const store = createState(folder, KEY, STATE);
    await store.update((state) => {
      state.localKey = new Uint8Array([1, 2, 255]);
      state.cookies.session = "a-secret-cookie";
    });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readFileSync(file(), "utf8")).not.toMatch(/cookie|alice/);
    expect(others().read()).toMatchObject({ name: "alice", localKey: new Uint8Array([1, 2, 255]) });
    expect(readdirSync(folder)).toEqual([STATE_FILE]);
  });

  test("is read where it was written before heads were kept", async () => {
    const { heads: _, ...before } = STATE;
    createState(folder, KEY, before as typeof STATE);
    expect(others().read().heads).toEqual({});
  });

  test("gives no number twice, however many change it at once", async () => {
    const stores = [createState(folder, KEY, STATE), others(), others()];
    const numbers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => count(stores[i % 3] as StateStore)),
    );
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });

  test("stays as it was where a change fails", async () => {
    const store = createState(folder, KEY, STATE);
    const failing = store.update((state) => {
      state.sequences.talk = 9;
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await count(store)).toBe(1);
  });

  test("is whole whatever was torn: the file that was being written counts for nothing", async () => {
    const store = createState(folder, KEY, STATE);
    await count(store);
    const whole = readFileSync(file(), "utf8");
    writeFileSync(`${file()}.${"0".repeat(36)}.new`, whole.slice(0, 100), { mode: 0o600 });
    expect(others().read().sequences.talk).toBe(1);
    expect(await count(others())).toBe(2);
  });

  test.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["empty", () => ""],
    ["another nonce", (text: string) => text.replace(/"nonce":"./, '"nonce":"_')],
    [
      "changed in the middle",
      (text: string) => text.replace(/("sealed":".{40})(.)/, (_, a, b) => a + (b === "A" ? "B" : "A")),
    ],
  ])("is refused when it is damaged: %s", (_, damage) => {
    createState(folder, KEY, STATE);
    writeFileSync(file(), damage(readFileSync(file(), "utf8")));
    expect(() => others().read()).toThrow(expect.objectContaining({ code: "state-broken", exit: 9 }));
  });

  test("wants the right passphrase, and says which is wrong", () => {
    const key = newPassphraseKey("one and only");
    createState(folder, key, STATE);
    const how = readProtection(readFileSync(file(), "utf8"));
    if (how.kind !== "passphrase") throw new Error("sealed otherwise");
    expect(others(deriveKey("one and only", how)).read().name).toBe("alice");
    expect(() => others(deriveKey("one or other", how)).read()).toThrow(
      expect.objectContaining({ code: "wrong-passphrase", exit: 9 }),
    );
  });

  test("is refused when others may read it", () => {
    createState(folder, KEY, STATE);
    chmodSync(file(), 0o640);
    expect(() => others().read()).toThrow(expect.objectContaining({ code: "unsafe-mode", exit: 9 }));
  });
});

test("what processes left behind that are gone is removed, of those that live nothing", async () => {
  createState(folder, KEY, STATE);
  const id = "0".repeat(36);
  const gone = encodeProcessName({ ...thisProcess, began: "1" });
  const alive = encodeProcessName(thisProcess);
  const elsewhere = encodeProcessName({ ...thisProcess, place: "elsewhere" });
  const left = { [`lock.${id}`]: gone, [`alone-keys-a_b.${id}`]: gone, "alone-keys-a_b": gone };
  const used = { [`alone-retention-c.${id}`]: elsewhere, "alone-retention-c": alive, pw: gone };
  for (const [name, holder] of Object.entries({ ...left, ...used }))
    writeFileSync(join(folder, name), `${holder}\n`);
  for (const name of [`state.${id}.new`, `listening.${id}`]) {
    writeFileSync(join(folder, name), `${elsewhere}\n`);
    utimesSync(join(folder, name), 1, 1);
  }
  await removeLeftovers(folder);
  expect(readdirSync(folder).sort()).toEqual([...Object.keys(used), STATE_FILE].sort());
});

describe("a lock", () => {
  test("is held by one, until it is given back", async () => {
    const path = join(folder, "lock");
    const release = await takeLock(path, 0);
    expect(release).not.toBeNull();
    expect(await takeLock(path, 30)).toBeNull();
    release?.();
    expect(await takeLock(path, 0)).not.toBeNull();
  });

  test("of a process that is gone is nobody's, also where its number was given out again", async () => {
    const path = join(folder, "lock");
    const gone = [
      { ...thisProcess, pid: 2 ** 22 + 1 },
      { ...thisProcess, began: "1" },
    ];
    for (const holder of gone) {
      writeFileSync(path, `${encodeProcessName(holder)}\n`);
      const release = await takeLock(path, 0);
      expect(release).not.toBeNull();
      release?.();
    }
  });

  test("that cannot be written is an error with a code of its own, and leaves nothing behind", async () => {
    const store = createState(folder, KEY, STATE);
    const unwritable = expect.objectContaining({ name: "Failure", code: "unwritable", exit: 9 });
    await expect(takeLock(join(folder, "no such folder", "lock"), 0)).rejects.toEqual(unwritable);
    // As on a full disk: what is there stays what it was.
    expect(() => createState(join(folder, "no such folder"), KEY, STATE)).toThrow(unwritable);
    expect(await count(store)).toBe(1);
    expect(readdirSync(folder)).toEqual([STATE_FILE]);
  });

  test("of a process elsewhere counts as long as it shows that it lives", async () => {
    const path = join(folder, "lock");
    writeFileSync(path, `${encodeProcessName({ ...thisProcess, place: "elsewhere" })}\n`);
    expect(await takeLock(path, 0)).toBeNull();
  });
});
