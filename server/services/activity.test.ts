import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type AccountId, newId, type SessionId } from "../../lib/base/ids.ts";
import { createActivity } from "./activity.ts";

const NOON = Date.UTC(2026, 10, 22, 12);

const table = { touch: vi.fn(async () => {}), markActive: vi.fn(async () => {}) };
const log = { warn: vi.fn() };
const activity = createActivity(table, log as never);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

it("writes down everybody of a moment at once, and who is there for the first time today", async () => {
  const [one, two] = [newId<SessionId>(), newId<SessionId>()];
  const [ada, ben] = [newId<AccountId>(), newId<AccountId>()];
  activity.note(one, ada, true, NOON);
  activity.note(two, ben, false, NOON + 9);
  activity.note(one, ada, false, NOON + 5);
  expect(table.touch).not.toHaveBeenCalled();
  await vi.runAllTimersAsync();
  expect(table.touch.mock.calls).toEqual([[[one, two], NOON + 9]]);
  expect(table.markActive.mock.calls).toEqual([[[ada], 20261122]]);
});

it("goes on after a failure, and has nothing left to do once it was flushed", async () => {
  table.touch.mockRejectedValueOnce(new Error("away"));
  activity.note(newId(), newId(), false, NOON);
  await activity.flush();
  expect(log.warn).toHaveBeenCalled();
  activity.note(newId(), newId(), false, NOON);
  await activity.flush();
  await vi.runAllTimersAsync();
  expect(table.touch).toHaveBeenCalledTimes(2);
  expect(table.markActive).not.toHaveBeenCalled();
});
