import { expect, it, vi } from "vitest";
import { type AccountId, type ConversationId, newId } from "../../lib/base/ids.ts";
import { createSlowMode, REMEMBERED } from "./slow-mode.ts";

it("looks through all that it remembers seldom, also where all of it still counts", () => {
  let now = 0;
  const slowMode = createSlowMode(() => now);
  const room = newId<ConversationId>();
  const account = (i: number) => `account ${i}` as AccountId;
  for (let i = 0; i < REMEMBERED; i++) slowMode.take(room, account(i), 3_600);
  const look = vi.spyOn(Map.prototype, Symbol.iterator);
  for (let i = 0; i < 1_000; i++) slowMode.take(room, account(REMEMBERED + i), 3_600);
  const looks = look.mock.calls.length;
  look.mockRestore();
  expect(looks).toBe(1);
  expect(slowMode.take(room, account(0), 3_600)).toBe(false);
  now = 3_600_000;
  expect(slowMode.take(room, account(0), 3_600)).toBe(true);
  // The clock is put back: nobody waits for longer.
  now = 0;
  expect(slowMode.take(room, account(0), 3_600)).toBe(true);
});
