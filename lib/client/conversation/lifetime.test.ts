import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createServerClock } from "../server-clock.ts";
import { createLifetime } from "./lifetime.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = 1_000_000_000_000;

let entries: { stored: { seq: number; storedAt: number } }[];
let gone: number[];

/** What the records say, and the server beside them. */
const keeping = (retentionSeconds: number, entered = 0, firstSeq = 1) => ({
  ...{ state: { policy: { retentionSeconds } }, entered, firstSeq },
});

/** Messages 1, 2, 3, … at these minutes. */
function livingSince(...minutes: number[]) {
  entries = minutes.map((minute, i) => ({ stored: { seq: i + 1, storedAt: START + minute * MINUTE } }));
  const clock = createServerClock(Date.now);
  clock.learn({ now: START, longestRetention: 0, largestFile: 0 });
  const lifetime = createLifetime(1, {
    clock,
    loaded: () => [entries],
    onGone(first) {
      gone.push(first);
      entries = entries.filter(({ stored }) => stored.seq >= first);
    },
  });
  return { clock, lifetime };
}

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  gone = [];
});

afterEach(() => void vi.useRealTimers());

describe("messages of a conversation", () => {
  it("are kept where nothing says otherwise", () => {
    const { lifetime } = livingSince(0, 1);
    lifetime.follow(keeping(0));
    vi.advanceTimersByTime(100 * 365 * 24 * HOUR);
    expect(gone).toEqual([]);
  });

  it("go one by one, each at its time", () => {
    const { lifetime } = livingSince(0, 10, 20);
    lifetime.follow(keeping(3_600));
    vi.advanceTimersByTime(HOUR - 1);
    expect(gone).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(gone).toEqual([2]);
    vi.advanceTimersByTime(20 * MINUTE);
    expect(gone).toEqual([2, 3, 4]);
    expect(lifetime.first()).toBe(4);
  });

  it("go within seconds after a computer has slept through their time", () => {
    livingSince(0).lifetime.follow(keeping(3_600));
    vi.setSystemTime(START + 8 * HOUR);
    vi.advanceTimersByTime(5_000);
    expect(gone).toEqual([2]);
  });

  it("go by the server's clock, whatever the one here shows", () => {
    const { clock, lifetime } = livingSince(0);
    clock.learn({ now: START + 2 * HOUR, longestRetention: 0, largestFile: 0 });
    lifetime.follow(keeping(3 * 3_600));
    vi.advanceTimersByTime(HOUR - 1);
    expect(gone).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(gone).toEqual([2]);
  });

  it("go after the shorter of both limits, those too that were there before it was set", () => {
    const { clock, lifetime } = livingSince(-120, -30, 0);
    lifetime.follow(keeping(7 * 86_400));
    expect([gone, lifetime.seconds()]).toEqual([[], 7 * 86_400]);
    clock.learn({ now: START, longestRetention: 3_600, largestFile: 0 });
    lifetime.expire();
    expect([gone, lifetime.seconds()]).toEqual([[2], 3_600]);
    lifetime.follow(keeping(600));
    expect(gone).toEqual([2, 3]);
    expect(lifetime.ownSeconds()).toBe(600);
  });

  it("do not go before one that came earlier: a server that gives a wrong time takes none away by that", () => {
    const { lifetime } = livingSince(0, -600, 1);
    lifetime.follow(keeping(3_600));
    vi.advanceTimersByTime(HOUR - 1);
    expect(gone).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(gone).toEqual([3]);
  });

  it("begin where the server says, unless it takes away what lives", () => {
    const { lifetime } = livingSince(-70, -30, 0);
    lifetime.follow(keeping(7_200));
    expect(lifetime.adopt(2)).toBe(false);
    expect(gone).toEqual([]);
    // A minute is what clocks may differ.
    vi.advanceTimersByTime(49 * MINUTE);
    expect(lifetime.adopt(2)).toBe(true);
    expect(gone).toEqual([2]);
  });

  it("begin anew for whoever was out and is in again, and for nobody else", () => {
    const { lifetime } = livingSince(0, 1, 2);
    lifetime.follow(keeping(0, 4, 1));
    lifetime.follow(keeping(0, 4, 3));
    expect(gone).toEqual([]);
    lifetime.follow(keeping(0, 6, 3));
    expect([gone, lifetime.first()]).toEqual([[3], 3]);
    // What was before is still being forgotten.
    entries = [{ stored: { seq: 2, storedAt: START } }];
    expect(lifetime.adopt(3)).toBe(true);
  });

  it("are looked after no more when it is left", () => {
    const { lifetime } = livingSince(0);
    lifetime.follow(keeping(3_600));
    lifetime.stop();
    vi.advanceTimersByTime(HOUR);
    expect(gone).toEqual([]);
  });
});
