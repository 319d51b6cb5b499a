import type { Pool } from "mariadb";

export interface DayCount {
  /** yyyymmdd */
  day: number;
  count: number;
}

/** Counted where it is found out that somebody is there for the first time on a day (`sessions.ts`). */
export const ACTIVE_PEOPLE = "active-people";

/** What happened how often on which day. */
export function createDailyCountTable(pool: Pool) {
  return {
    /** @param day as yyyymmdd */
    async add(counts: readonly (readonly [kind: string, day: number, count: number])[]): Promise<void> {
      await pool.batch(
        "INSERT INTO daily_count (kind, day, count) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE count = count + VALUES(count)",
        counts.map((each) => [...each]),
      );
    },

    /** Oldest first; days on which nothing happened are not there. */
    since(kind: string, day: number): Promise<DayCount[]> {
      return pool.query("SELECT day, count FROM daily_count WHERE kind = ? AND day >= ? ORDER BY day", [
        kind,
        day,
      ]);
    },
  };
}

export type DailyCountTable = ReturnType<typeof createDailyCountTable>;
