import type { Pool } from "mariadb";

/** Counters without account or content. */
export function createOpenFailures(pool: Pool) {
  return {
    /** @param day as yyyymmdd */
    async add(day: number, counts: readonly (readonly [cause: string, failures: number])[]): Promise<void> {
      await pool.batch(
        "INSERT INTO open_failure (day, cause, failures) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE failures = failures + VALUES(failures)",
        counts.map(([cause, failures]) => [day, cause, failures]),
      );
    },
  };
}
