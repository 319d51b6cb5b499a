import type { Pool } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId } from "../../lib/base/ids.ts";
import { column } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

/** Codes for a lost authenticator, by their hash. What was used is gone. */
export function createSignInCodes(pool: Pool) {
  return {
    /** One whole set in place of the other: two that are made at once leave one. */
    async replace(account: AccountId, hashes: readonly Bytes[], now: number): Promise<void> {
      await inTransaction(pool, async (connection) => {
        await connection.query("SELECT id FROM account WHERE id = ? FOR UPDATE", [column(account)]);
        await connection.query("DELETE FROM sign_in_code WHERE account_id = ?", [column(account)]);
        await connection.batch(
          "INSERT INTO sign_in_code (account_id, code_hash, created_at) VALUES (?, ?, ?)",
          hashes.map((hash) => [column(account), Buffer.from(hash), new Date(now)]),
        );
      });
    },

    /** Uses a code up. Of any number of parallel calls with one code, exactly one gets true. */
    async take(account: AccountId, hash: Bytes): Promise<boolean> {
      const { affectedRows }: { affectedRows: number } = await pool.query(
        "DELETE FROM sign_in_code WHERE account_id = ? AND code_hash = ?",
        [column(account), Buffer.from(hash)],
      );
      return affectedRows === 1;
    },

    /** How many are left, and when they were made (milliseconds since 1970); null when none is. */
    async status(account: AccountId): Promise<{ left: number; madeAt: number } | null> {
      const [row]: { left: number; made_at: Date | null }[] = await pool.query(
        "SELECT COUNT(*) AS `left`, MIN(created_at) AS made_at FROM sign_in_code WHERE account_id = ?",
        [column(account)],
      );
      return row?.made_at ? { left: row.left, madeAt: row.made_at.getTime() } : null;
    },
  };
}

export type SignInCodes = ReturnType<typeof createSignInCodes>;
