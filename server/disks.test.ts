import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diskBeside, diskOf } from "./disks.ts";

test("a disk is told once, and only where there is one", async () => {
  const here = tmpdir();
  const disk = await diskOf(here);
  expect(disk?.total).toBeGreaterThan(disk?.free ?? Number.POSITIVE_INFINITY);
  expect(await diskBeside(join(here, "."), here)).toBeNull();
  expect(await diskBeside(join(here, "not there"), here)).toBeNull();
  expect(await diskBeside("/proc", here)).toEqual(await diskOf("/proc"));
  expect(await diskOf("/proc")).not.toBeNull();
});
