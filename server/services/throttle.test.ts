import { describe, expect, it } from "vitest";
import type { ThrottleRow, Throttles } from "../database/throttles.ts";
import { createThrottle } from "./throttle.ts";

const MINUTE = 60_000;
const START = 1_800_000_000_000;
const limit = { scope: "test", perWindow: 5, perDay: 50 };
const alice = { limit, subject: "alice" };
const office = { limit: { scope: "office", perWindow: 7, perDay: 1000 }, subject: "192.0.2.1" };

function setUp() {
  const rows = new Map<string, ThrottleRow>();
  let now = START;
  let running = 0;
  const table: Pick<Throttles, "change" | "deleteOlder"> = {
    async change(keys, at, change) {
      running += 1;
      if (running > 1) throw new Error("two changes at once");
      await Promise.resolve();
      const { rows: changed, result } = change(
        keys.map(
          (key) =>
            rows.get(String(key)) ?? {
              key,
              attempts: 0,
              windowStart: at,
              strikes: 0,
              dayAttempts: 0,
              dayStart: at,
              blockedUntil: null,
            },
        ),
      );
      for (const row of changed) rows.set(String(row.key), row);
      running -= 1;
      return result;
    },
    async deleteOlder() {},
  };
  const throttle = createThrottle(table, () => now);
  return {
    throttle,
    pass: (ms: number) => {
      now += ms;
    },
    /** Attempts until the block, and the seconds it lasts. */
    async untilBlocked(counted = [alice]) {
      for (let tries = 0; ; tries++) {
        const seconds = await throttle.attempt(counted).then(
          () => null,
          (error) => error.retryAfter as number,
        );
        if (seconds !== null) return { tries, minutes: seconds / 60 };
      }
    },
  };
}

describe("throttle", () => {
  it("blocks for 15 minutes after five attempts, then 30, then an hour at most", async () => {
    const { untilBlocked, pass } = setUp();
    for (const minutes of [15, 30, 60, 60]) {
      expect(await untilBlocked()).toEqual({ tries: 5, minutes });
      pass(minutes * MINUTE);
    }
  });

  it("counts nothing while it blocks, and says how long that still lasts", async () => {
    const { untilBlocked, pass } = setUp();
    await untilBlocked();
    pass(14 * MINUTE);
    for (let i = 0; i < 100; i++) expect(await untilBlocked()).toEqual({ tries: 0, minutes: 1 });
    pass(MINUTE);
    expect(await untilBlocked()).toEqual({ tries: 5, minutes: 30 });
  });

  it("allows 50 a day, then blocks until the day is over", async () => {
    const { untilBlocked, pass, throttle } = setUp();
    for (let i = 0; i < 49; i++) {
      await throttle.attempt([alice]);
      pass(15 * MINUTE);
    }
    const { tries, minutes } = await untilBlocked();
    expect({ tries, minutes }).toEqual({ tries: 1, minutes: 24 * 60 - 49 * 15 });
    pass(minutes * MINUTE);
    expect((await untilBlocked()).tries).toBe(5);
  });

  it("forgets four attempts after 15 minutes", async () => {
    const { untilBlocked, pass, throttle } = setUp();
    for (let i = 0; i < 4; i++) await throttle.attempt([alice]);
    pass(15 * MINUTE);
    expect((await untilBlocked()).tries).toBe(5);
  });

  it("lets through no more in parallel than one after the other", async () => {
    const { throttle } = setUp();
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => throttle.attempt([alice])));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  });

  it("counts each thing for itself: another name passes, an address that is used up blocks all its names", async () => {
    const { throttle, untilBlocked } = setUp();
    const names = ["a", "b", "c"].map((subject) => ({ limit, subject }));
    await untilBlocked([names[0] as typeof alice, office]);
    await throttle.attempt([names[1] as typeof alice, office]);
    await throttle.attempt([names[1] as typeof alice, office]);
    await expect(throttle.attempt([names[2] as typeof alice, office])).rejects.toMatchObject({
      code: "too-many-requests",
    });
    await throttle.attempt([names[2] as typeof alice]);
  });

  it("after a right attempt starts the account afresh and gives the address its attempt back", async () => {
    const { throttle, untilBlocked } = setUp();
    for (let i = 0; i < 4; i++) await throttle.attempt([alice, office]);
    await throttle.succeed([alice], [office]);
    expect((await untilBlocked()).tries).toBe(5);
    expect((await untilBlocked([office])).tries).toBe(7 - 3);
  });
});
