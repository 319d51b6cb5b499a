import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { type FileId, newId } from "../../lib/base/ids.ts";
import { createFileStore } from "./file-store.ts";

test("what was broken off before it began reads nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "file-store-test-"));
  const store = createFileStore(folder);
  const next = vi.fn(() => Promise.reject(new Error("nobody hears this")));
  const source = { [Symbol.asyncIterator]: () => ({ next }) };
  const reason = new Error("a newer request");
  const written = await store.write(newId<FileId>(), 0, 10, source, AbortSignal.abort(reason));
  expect(written).toEqual({ bytes: 0, cut: reason });
  expect(next).not.toHaveBeenCalled();
  rmSync(folder, { recursive: true });
});
