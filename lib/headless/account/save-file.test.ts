import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { localName, saveFile } from "./save-file.ts";

const files = vi.hoisted(() => ({ haveLinks: true }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const noLinks = () => Promise.reject(Object.assign(new Error("no links"), { code: "EPERM" }));
  return {
    ...real,
    link: (...paths: [string, string]) => (files.haveLinks ? real.link(...paths) : noLinks()),
  };
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sceau-save-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function* pieces(...texts: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield Buffer.from(text);
  }
}

test.each([
  ["report.pdf", "report.pdf"],
  ["../../etc/passwd", "__.._etc_passwd"],
  ["C:\\windows\\x", "C:_windows_x"],
  [".bashrc", "_bashrc"],
  ["..", "_"],
  ["", "file"],
  ["a\nb\u0000c", "a_b\ufffdc"],
  ["invoice\u202efdp.exe", "invoice\ufffdfdp.exe"],
  [`${"é".repeat(300)}.txt`, `${"é".repeat(98)}.txt`],
])("the name %j is kept as %j", (name, kept) => {
  expect(localName(name)).toBe(kept);
});

test.each([
  ["nothing is written over, and what is cut off leaves nothing", true],
  ["nor where there are no hard links", false],
])("%s", async (_, haveLinks) => {
  files.haveLinks = haveLinks;
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  expect(await saveFile(folder, "a.txt", pieces("one", ", two"))).toBe(join(folder, "a.txt"));
  expect(await saveFile(folder, "a.txt", pieces("three"))).toBe(join(folder, "a (2).txt"));
  await expect(saveFile(folder, "b.txt", pieces("half", new Error("damaged")))).rejects.toThrow("damaged");
  expect(readdirSync(folder).sort()).toEqual(["a (2).txt", "a.txt"]);
  expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("one, two");
  expect(statSync(join(folder, "a.txt")).mode & 0o777).toBe(0o600);
});

test("folders are made, and a place where none can be is refused", async () => {
  const deep = join(folder, "new", "deeper");
  expect(await saveFile(deep, "a.txt", pieces("one"))).toBe(join(deep, "a.txt"));
  await expect(saveFile("/proc/no/such", "a.txt", pieces("one"))).rejects.toMatchObject({ code: "usage" });
  await expect(saveFile("/proc", "a.txt", pieces("one"))).rejects.toMatchObject({ code: "unwritable" });
});
