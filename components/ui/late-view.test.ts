import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { untilLoaded } from "./late-view.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", { onLine: true });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Code that comes after so many failures. */
const comingAfter = (failures: number) =>
  vi.fn(async () => {
    if (failures-- > 0) throw new Error("404");
    return "the view";
  });

test("what cannot be fetched is tried again", async () => {
  const loaded = untilLoaded(comingAfter(3), 2_000, 10);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(await loaded).toBe("the view");
});

test("what never comes is told in the end", async () => {
  const load = comingAfter(Number.POSITIVE_INFINITY);
  const refused = expect(untilLoaded(load, 2_000, 10)).rejects.toThrow("404");
  await vi.advanceTimersByTimeAsync(60_000);
  await refused;
  expect(load).toHaveBeenCalledTimes(10);
});

test("without a network nothing is told, and it comes with the network", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  const loaded = untilLoaded(comingAfter(100), 2_000, 10);
  await vi.advanceTimersByTimeAsync(200_000);
  expect(await loaded).toBe("the view");
});

test("what nobody asked for is tried for the whole life of the page", async () => {
  const loaded = untilLoaded(comingAfter(1_000), 30_000, Number.POSITIVE_INFINITY);
  await vi.advanceTimersByTimeAsync(30_000_000);
  expect(await loaded).toBe("the view");
});
