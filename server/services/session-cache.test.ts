import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { newId, type SessionId } from "../../lib/base/ids.ts";
import type { SessionRow } from "../database/sessions.ts";
import { createSessionCache } from "./session-cache.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const id = newId<SessionId>();

/** Each row says by its `createdAt` which reading it is of. */
function setUp() {
  let readings = 0;
  const find = vi.fn(async () => ({ createdAt: ++readings }) as SessionRow);
  const cache = createSessionCache({ find }, () => Date.now());
  return { find, cache, reading: async () => (await cache.load(id))?.createdAt };
}

test("what is in use is read again before it is too old, and nobody waits for it", async () => {
  const { find, reading } = setUp();
  for (let second = 0; second < 30; second += 1.5) {
    await reading();
    await vi.advanceTimersByTimeAsync(1_500);
  }
  const before = find.mock.calls.length;
  await reading();
  expect(find).toHaveBeenCalledTimes(before);
  expect(before).toBeGreaterThan(10);
});

test("what nobody uses any more is not read again, nor used when it is too old", async () => {
  const { find, reading } = setUp();
  await reading();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(find.mock.calls.length).toBeLessThan(3);
  const before = find.mock.calls.length;
  expect(await reading()).toBe(before + 1);
});

test("a reading from before a revocation does not come back after it", async () => {
  const { find, cache, reading } = setUp();
  await reading();
  await vi.advanceTimersByTimeAsync(1_500);
  let answer = (_: SessionRow) => {};
  find.mockImplementationOnce(() => new Promise<SessionRow>((resolve) => (answer = resolve)));
  await reading();
  await vi.advanceTimersByTimeAsync(200);
  expect(find).toHaveBeenCalledTimes(2);
  cache.drop(id);
  answer({ createdAt: 99 } as SessionRow);
  await vi.advanceTimersByTimeAsync(10);
  expect(await reading()).not.toBe(99);
});
