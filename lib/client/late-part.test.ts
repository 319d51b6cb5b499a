import { expect, test, vi } from "vitest";
import { createLatePart } from "./late-part.ts";

test("is fetched once, and anew after a failure", async () => {
  const part = { stop: vi.fn() };
  const load = vi.fn(async () => part);
  load.mockRejectedValueOnce(new Error("offline"));
  const late = createLatePart(load);
  await expect(late.start()).rejects.toThrow("offline");
  expect(late.find()).toBeNull();
  expect(await Promise.all([late.start(), late.start()])).toEqual([part, part]);
  expect(late.find()).toBe(part);
  expect(load).toHaveBeenCalledTimes(2);
});

test("stops once, also where it was still on its way", async () => {
  const [here, coming] = [{ stop: vi.fn() }, { stop: vi.fn() }];
  const late = createLatePart(async () => here);
  await late.start();
  late.stop();
  expect(here.stop).toHaveBeenCalledTimes(1);
  const later = createLatePart(async () => coming);
  const started = later.start();
  later.stop();
  await started;
  expect(coming.stop).toHaveBeenCalledTimes(1);
});
