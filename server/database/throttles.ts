import type { Pool } from "mariadb";
import { compareBytes } from "../../lib/base/bytes.ts";
import { inTransaction } from "./transaction.ts";

export interface ThrottleRow {
  key: Uint8Array;
  attempts: number;
  windowStart: number;
  strikes: number;
  dayAttempts: number;
  dayStart: number;
  blockedUntil: number | null;
}

interface Columns {
  key: Buffer;
  attempts: number;
  window_start: Date;
  strikes: number;
  day_attempts: number;
  day_start: Date;
  blocked_until: Date | null;
}

export function createThrottles(pool: Pool) {
  return {
    /**
     * Reads the rows of `keys` under lock, and stores what `change` makes of each. Two attempts at once are
     * therefore counted one after the other: parallel tries gain nothing. Locks are taken in key order.
     */
    change<T>(
      keys: readonly Uint8Array[],
      now: number,
      change: (rows: ThrottleRow[]) => { rows: ThrottleRow[]; result: T },
    ): Promise<T> {
      const sorted = keys.toSorted(compareBytes).map((key) => Buffer.from(key));
      return inTransaction(pool, async (connection) => {
        const marks = sorted.map(() => "(?, 0, ?, 0, 0, ?)").join(", ");
        // Not IGNORE: that takes a shared lock on what is there, and two transactions then wait for each other.
        await connection.query(
          `INSERT INTO throttle (\`key\`, attempts, window_start, strikes, day_attempts, day_start) VALUES ${marks} ON DUPLICATE KEY UPDATE attempts = attempts`,
          sorted.flatMap((key) => [key, new Date(now), new Date(now)]),
        );
        const found: Columns[] = await connection.query(
          `SELECT * FROM throttle WHERE \`key\` IN (${sorted.map(() => "?").join(", ")}) ORDER BY \`key\` FOR UPDATE`,
          sorted,
        );
        const byKey = new Map(found.map((row) => [row.key.toString("hex"), toRow(row)]));
        const { rows, result } = change(
          keys.map((key) => byKey.get(Buffer.from(key).toString("hex")) as ThrottleRow),
        );
        for (const row of rows) {
          await connection.query(
            "UPDATE throttle SET attempts = ?, window_start = ?, strikes = ?, day_attempts = ?, day_start = ?, blocked_until = ? WHERE `key` = ?",
            [
              row.attempts,
              new Date(row.windowStart),
              row.strikes,
              row.dayAttempts,
              new Date(row.dayStart),
              row.blockedUntil === null ? null : new Date(row.blockedUntil),
              Buffer.from(row.key),
            ],
          );
        }
        return result;
      });
    },

    async deleteOlder(than: number): Promise<void> {
      await pool.query(
        "DELETE FROM throttle WHERE day_start < ? AND (blocked_until IS NULL OR blocked_until < ?)",
        [new Date(than), new Date(than)],
      );
    },
  };
}

export type Throttles = ReturnType<typeof createThrottles>;

function toRow(row: Columns): ThrottleRow {
  return {
    key: new Uint8Array(row.key),
    attempts: row.attempts,
    windowStart: row.window_start.getTime(),
    strikes: row.strikes,
    dayAttempts: row.day_attempts,
    dayStart: row.day_start.getTime(),
    blockedUntil: row.blocked_until?.getTime() ?? null,
  };
}
