import { createHash } from "node:crypto";
import { oneByOne } from "../../lib/base/one-by-one.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { ThrottleRow, Throttles } from "../database/throttles.ts";

const MINUTE = 60_000;
const WINDOW = 15 * MINUTE;
const LONGEST_BLOCK = 60 * MINUTE;
const DAY = 24 * 60 * MINUTE;

/** What is counted, and how many attempts a window of 15 minutes and a day allow. */
export interface Limit {
  readonly scope: string;
  readonly perWindow: number;
  readonly perDay: number;
}

export interface Counted {
  readonly limit: Limit;
  /** The name, address or other thing whose attempts are counted. */
  readonly subject: string;
}

/**
 * Throttling, not lockout: an attempt is counted before it is judged, so that parallel tries gain nothing, and
 * given back when it was right. Names that do not exist are counted like those that do.
 */
export function createThrottle(table: Pick<Throttles, "change" | "deleteOlder">, clock: () => number) {
  /** A storm of sign-ins waits here, not on row locks with every connection of the pool. */
  const inOrder = oneByOne();
  const change: Throttles["change"] = (keys, now, work) => inOrder(() => table.change(keys, now, work));

  return {
    /** @throws AppError "too-many-requests" with the seconds to wait; nothing is counted then. */
    async attempt(counted: readonly Counted[]): Promise<void> {
      const now = clock();
      const wait = await change(counted.map(throttleKey), now, (rows) => {
        const current = rows.map((row) => settle(row, now));
        const until = Math.max(0, ...current.map((row) => row.blockedUntil ?? 0));
        if (until > now) return { rows: current, result: until - now };
        return {
          rows: current.map((row, i) => count(row, (counted[i] as Counted).limit, now)),
          result: 0,
        };
      });
      if (wait > 0) throw new AppError("too-many-requests", "throttled", Math.ceil(wait / 1000));
    },

    /** A right attempt: `cleared` start afresh, `returned` lose this one attempt. */
    async succeed(cleared: readonly Counted[], returned: readonly Counted[]): Promise<void> {
      const now = clock();
      await change([...cleared, ...returned].map(throttleKey), now, (rows) => ({
        result: undefined,
        rows: rows.map((row, i) =>
          i < cleared.length
            ? {
                ...row,
                attempts: 0,
                strikes: 0,
                blockedUntil: null,
                dayAttempts: Math.max(0, row.dayAttempts - 1),
              }
            : {
                ...row,
                attempts: Math.max(0, row.attempts - 1),
                dayAttempts: Math.max(0, row.dayAttempts - 1),
              },
        ),
      }));
    },

    deleteOld: () => table.deleteOlder(clock() - 2 * DAY),
  };
}

export type Throttle = ReturnType<typeof createThrottle>;

/** SHA-256, 32 bytes: what a counter is kept under. */
export function throttleKey({ limit, subject }: Counted): Uint8Array {
  return createHash("sha256").update(`${limit.scope}\0${subject}`).digest();
}

/** Forgets windows and days that are over. */
function settle(row: ThrottleRow, now: number): ThrottleRow {
  const settled = { ...row };
  if (now - row.dayStart >= DAY) Object.assign(settled, { dayStart: now, dayAttempts: 0, strikes: 0 });
  if (now - row.windowStart >= WINDOW) Object.assign(settled, { windowStart: now, attempts: 0 });
  return settled;
}

/** One more attempt. The one that uses up the window blocks what follows: 15 minutes, then 30, then 60. */
export function count(row: ThrottleRow, limit: Limit, now: number): ThrottleRow {
  const attempts = row.attempts + 1;
  const dayAttempts = row.dayAttempts + 1;
  if (dayAttempts >= limit.perDay) return { ...row, attempts, dayAttempts, blockedUntil: row.dayStart + DAY };
  if (attempts < limit.perWindow) return { ...row, attempts, dayAttempts };
  const block = Math.min(WINDOW * 2 ** row.strikes, LONGEST_BLOCK);
  return { ...row, attempts: 0, dayAttempts, strikes: row.strikes + 1, blockedUntil: now + block };
}
