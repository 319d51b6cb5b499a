import type { Pool } from "mariadb";
import type { AccountId } from "../../lib/base/ids.ts";
import { column, toId } from "./rows.ts";

export interface PolicyRow {
  key: string;
  /** JSON */
  value: string;
  changedAt: number;
  /** Null when that account is gone, or it was the command line. */
  changedBy: AccountId | null;
}

interface Columns {
  key: string;
  value: string;
  changed_at: Date;
  changed_by: Buffer | null;
}

/** What of the policies was ever set; a handful of rows, read whole. */
export function createPolicyTable(pool: Pool) {
  return {
    async list(): Promise<PolicyRow[]> {
      const rows: Columns[] = await pool.query(
        "SELECT `key`, value, changed_at, changed_by FROM server_policy",
      );
      return rows.map(({ key, value, changed_at, changed_by }) => ({
        key,
        value,
        changedAt: changed_at.getTime(),
        changedBy: changed_by && toId<AccountId>(changed_by),
      }));
    },

    /** All in one statement: all or nothing. */
    async write(
      changes: readonly (readonly [key: string, value: string])[],
      by: AccountId | null,
      at: number,
    ): Promise<void> {
      const author = by && column(by);
      await pool.query(
        `INSERT INTO server_policy (\`key\`, value, changed_at, changed_by)
         VALUES ${changes.map(() => "(?, ?, ?, ?)").join(", ")}
         ON DUPLICATE KEY UPDATE value = VALUES(value), changed_at = VALUES(changed_at), changed_by = VALUES(changed_by)`,
        changes.flatMap(([key, value]) => [key, value, new Date(at), author]),
      );
    },
  };
}

export type PolicyTable = ReturnType<typeof createPolicyTable>;
