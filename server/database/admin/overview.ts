import type { Pool } from "mariadb";

/** Figures about the whole server, each from an index or from the tables' statistics. */
export function createOverviewTables(pool: Pool) {
  return {
    /** How many accounts there are, and how many were used since each of these days (yyyymmdd). */
    async people(days: readonly number[]): Promise<{ total: number; active: number[] }> {
      const [total, ...active] = await Promise.all([
        count(pool, "SELECT COUNT(*) AS count FROM account"),
        ...days.map((day) =>
          count(pool, "SELECT COUNT(*) AS count FROM account WHERE last_active_day >= ?", [day]),
        ),
      ]);
      return { total, active };
    },

    /** Since a day (yyyymmdd), most first. */
    openFailures(since: number): Promise<{ cause: string; count: number }[]> {
      return pool.query(
        "SELECT cause, CAST(SUM(failures) AS UNSIGNED) AS count FROM open_failure WHERE day >= ? GROUP BY cause ORDER BY count DESC, cause",
        [since],
      );
    },

    /** As MariaDB estimates it, and what it calls itself. */
    async size(): Promise<{ bytes: number; version: string }> {
      const [row]: { bytes: number; version: string }[] = await pool.query(
        `SELECT CAST(COALESCE(SUM(data_length + index_length), 0) AS UNSIGNED) AS bytes, VERSION() AS version
           FROM information_schema.tables WHERE table_schema = DATABASE()`,
      );
      return row ?? { bytes: 0, version: "" };
    },
  };
}

export type OverviewTables = ReturnType<typeof createOverviewTables>;

async function count(pool: Pool, sql: string, values: readonly number[] = []): Promise<number> {
  const [row]: { count: number }[] = await pool.query(sql, [...values]);
  return row?.count ?? 0;
}
