import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BootError, bootErrorOf } from "./boot-error.ts";

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

test.runIf(existsSync("/dev/full"))("a full disk is a sentence that names the folder", () => {
  const full = thrownBy(() => writeFileSync("/dev/full", "a"));
  expect(bootErrorOf(full, "/data")?.message).toBe("/data cannot be used: the disk is full (ENOSPC).");
});

test("where the system names the place, so does the sentence", () => {
  const error = Object.assign(new Error("no"), { code: "EROFS", path: "/data/secrets.json" });
  expect(bootErrorOf(error, "/data")?.message).toBe(
    "/data/secrets.json cannot be used: it is read-only (EROFS).",
  );
});

test("a sentence stays as it is, and what only a developer can tell is left to the log", () => {
  const sentence = new BootError("Port 1 is taken.");
  expect(bootErrorOf(sentence, "/data")).toBe(sentence);
  const missing = thrownBy(() => readFileSync("/nowhere"));
  for (const other of [missing, new TypeError("x"), "x", null])
    expect(bootErrorOf(other, "/data")).toBeNull();
});
