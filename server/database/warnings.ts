import type { Pool, PoolConnection } from "mariadb";
import { type AccountId, newId, type WarningId } from "../../lib/base/ids.ts";
import { column, toId } from "./rows.ts";

export interface Warning {
  readonly id: WarningId;
  readonly at: number;
  readonly text: string;
}

/** More are told once these were read. */
const MOST_WARNINGS = 20;

/** What those who run the server say to somebody, until they have read it. */
export function createWarnings(pool: Pool) {
  return {
    /** Oldest first. */
    async unread(account: AccountId): Promise<Warning[]> {
      const rows: { id: Buffer; at: Date; text: string }[] = await pool.query(
        "SELECT id, at, text FROM warning WHERE account_id = ? ORDER BY at LIMIT ?",
        [column(account), MOST_WARNINGS],
      );
      return rows.map(({ id, at, text }) => ({ id: toId(id), at: at.getTime(), text }));
    },

    /** @returns false where the account has no such warning */
    async remove(account: AccountId, id: WarningId): Promise<boolean> {
      const { affectedRows } = await pool.query("DELETE FROM warning WHERE id = ? AND account_id = ?", [
        column(id),
        column(account),
      ]);
      return affectedRows > 0;
    },
  };
}

/** In the transaction of what gives the reason for it. */
export async function insertWarning(
  connection: PoolConnection,
  account: AccountId,
  text: string,
  at: number,
): Promise<void> {
  await connection.query("INSERT INTO warning (id, account_id, at, text) VALUES (?, ?, ?, ?)", [
    column(newId(at)),
    column(account),
    new Date(at),
    text,
  ]);
}
