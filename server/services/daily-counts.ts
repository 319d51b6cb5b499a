import type { DailyCountTable } from "../database/daily-counts.ts";
import type { Log } from "../log.ts";
import { dayOf } from "./day.ts";

export type CountKind = "messages" | "files" | "sign-ins" | "failed-sign-ins";

/**
 * What happens how often on a day, counted in memory and written down now and then: a message pays nothing for it, and its
 * deletion changes nothing. What a crash loses is a few seconds of a statistic.
 */
export function createDailyCounts(table: DailyCountTable, log: Log, clock: () => number) {
  let counts = new Map<string, [kind: CountKind, day: number, count: number]>();

  return {
    add(kind: CountKind, count = 1): void {
      if (count === 0) return;
      const day = dayOf(clock());
      const key = `${kind} ${day}`;
      const found = counts.get(key);
      if (found) found[2] += count;
      else counts.set(key, [kind, day, count]);
    },

    /** Writes down what was counted. Never rejects: what cannot be written waits for the next time. */
    async flush(): Promise<void> {
      if (counts.size === 0) return;
      const written = [...counts.values()];
      counts = new Map();
      try {
        await table.add(written);
      } catch (error) {
        log.warn({ err: error }, "counts not stored");
        for (const each of written) {
          const key = `${each[0]} ${each[1]}`;
          const since = counts.get(key);
          if (since) since[2] += each[2];
          else counts.set(key, each);
        }
      }
    },
  };
}

export type DailyCounts = ReturnType<typeof createDailyCounts>;
