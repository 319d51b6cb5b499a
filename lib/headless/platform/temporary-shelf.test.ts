import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { temporaryShelf } from "./temporary-shelf.ts";

const piece = (byte: number) => new Uint8Array(4).fill(byte);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sceau-shelf-"));
  vi.stubEnv("TMPDIR", folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("what lies on it is read in parts, and has no name on the disk", async () => {
  const shelf = temporaryShelf();
  await shelf.write("a", [piece(1), piece(2)]);
  await shelf.write("b", [piece(3)]);
  expect(await shelf.read("a", 2, 6)).toEqual(new Uint8Array([1, 1, 2, 2]));
  expect(await shelf.read("a", 6, 100)).toEqual(new Uint8Array([2, 2]));
  expect(await shelf.read("b")).toEqual(piece(3));
  expect(await shelf.names()).toEqual(["a", "b"]);
  expect(readdirSync(folder)).toEqual([]);
  await shelf.remove("a");
  await shelf.remove("a");
  await expect(shelf.read("a")).rejects.toMatchObject({ code: "not-found" });
  expect(await shelf.names()).toEqual(["b"]);
  await shelf.remove("b");
});

test("of what could not be written whole, nothing is there; what was there before stays", async () => {
  const shelf = temporaryShelf();
  await shelf.write("a", [piece(1)]);
  const broken = shelf.write(
    "a",
    (function* () {
      yield piece(2);
      throw new Error("unreadable");
    })(),
  );
  await expect(broken).rejects.toThrow("unreadable");
  expect(await shelf.read("a")).toEqual(piece(1));
  expect(readdirSync(folder)).toEqual([]);
  await shelf.remove("a");
});
