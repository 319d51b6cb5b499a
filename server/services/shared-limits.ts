import { createMinuteLimit, type MinuteLimit } from "./minute-limit.ts";

/** What somebody did within the last second or so: the limit's name, of whom, and how much of it. */
export type Taken = readonly [limit: string, subject: string, count: number];

/**
 * Limits that nodes keep together: each counts by itself, so that nobody waits for another node, and tells the others
 * every second of those who do much. Where it cannot, they hold for each node.
 */
export function createSharedLimits() {
  const limits = new Map<string, MinuteLimit>();

  return {
    minute(name: string, perMinute: number | (() => number)): MinuteLimit {
      const limit = createMinuteLimit(perMinute);
      limits.set(name, limit);
      return limit;
    },

    /** What the others have not been told yet. */
    takenHere: (): Taken[] =>
      [...limits].flatMap(([name, limit]) =>
        limit.untold().map(([subject, count]): Taken => [name, subject, count]),
      ),

    takenElsewhere(taken: readonly Taken[], now: number): void {
      for (const [name, subject, count] of taken) limits.get(name)?.take(subject, now, count, true);
    },
  };
}

export type SharedLimits = ReturnType<typeof createSharedLimits>;
