import type { Pool } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId, AppPasswordId, SessionId } from "../../lib/base/ids.ts";
import { column, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export interface AppPasswordRow {
  id: AppPasswordId;
  name: string;
  createdAt: number;
  lastUsedAt: number | null;
}

export interface NewAppPassword extends Pick<AppPasswordRow, "id" | "name" | "createdAt"> {
  secretHash: Bytes;
}

/** An administrator has allowed it, and there are keys: who has none could be given some by whoever signs in. */
const MAY = "a.app_passwords AND NOT a.keyless";

/** App passwords, by the hash of their secrets; and sessions that began by one, which end with it. */
export function createAppPasswords(pool: Pool) {
  /** @param which of the account's; all of them without */
  async function remove(account: AccountId, which: AppPasswordId | null, now: number, allowed?: boolean) {
    return inTransaction(pool, async (connection) => {
      const own = column(account);
      if (allowed !== undefined)
        await connection.query("UPDATE account SET app_passwords = ? WHERE id = ?", [allowed, own]);
      const { affectedRows }: { affectedRows: number } = await connection.query(
        `DELETE FROM app_password WHERE account_id = ? ${which ? "AND id = ?" : ""}`,
        which ? [own, column(which)] : [own],
      );
      // After the rows: a sign-in that goes on does not find its own any more.
      const living = `account_id = ? AND revoked_at IS NULL AND app_password_id ${which ? "= ?" : "IS NOT NULL"}`;
      const whose = which ? [own, column(which)] : [own];
      const rows: { id: Buffer }[] = await connection.query(
        `SELECT id FROM session WHERE ${living} FOR UPDATE`,
        whose,
      );
      await connection.query(`UPDATE session SET revoked_at = ? WHERE ${living}`, [new Date(now), ...whose]);
      return { removed: affectedRows, sessions: rows.map(({ id }) => toId<SessionId>(id)) };
    });
  }

  return {
    /** Oldest first. */
    async ofAccount(account: AccountId): Promise<AppPasswordRow[]> {
      const rows: { id: Buffer; name: string; created_at: Date; last_used_at: Date | null }[] =
        await pool.query(
          "SELECT id, name, created_at, last_used_at FROM app_password WHERE account_id = ? ORDER BY created_at, id",
          [column(account)],
        );
      return rows.map((row) => ({
        id: toId<AppPasswordId>(row.id),
        name: row.name,
        createdAt: row.created_at.getTime(),
        lastUsedAt: row.last_used_at?.getTime() ?? null,
      }));
    },

    async isAllowed(account: AccountId): Promise<boolean> {
      const rows: unknown[] = await pool.query(`SELECT 1 FROM account a WHERE a.id = ? AND ${MAY}`, [
        column(account),
      ]);
      return rows.length > 0;
    },

    /** @returns false where the account may have none, "full" where it has as many as it may. */
    insert(account: AccountId, made: NewAppPassword, most: number): Promise<boolean | "full"> {
      return inTransaction(pool, async (connection) => {
        // The account's row is the lock: of two that are made at once, both are counted.
        const rows: unknown[] = await connection.query(
          `SELECT 1 FROM account a WHERE a.id = ? AND ${MAY} FOR UPDATE`,
          [column(account)],
        );
        if (rows.length === 0) return false;
        const [{ n } = { n: 0 }]: { n: number }[] = await connection.query(
          "SELECT COUNT(*) AS n FROM app_password WHERE account_id = ?",
          [column(account)],
        );
        if (n >= most) return "full";
        await connection.query(
          "INSERT INTO app_password (id, account_id, name, secret_hash, created_at) VALUES (?, ?, ?, ?, ?)",
          [
            ...[column(made.id), column(account), made.name],
            ...[Buffer.from(made.secretHash), new Date(made.createdAt)],
          ],
        );
        return true;
      });
    },

    /** The account's app password that has this hash. */
    async find(account: AccountId, secretHash: Bytes): Promise<AppPasswordId | null> {
      const [row]: { id: Buffer }[] = await pool.query(
        `SELECT p.id FROM app_password p JOIN account a ON a.id = p.account_id
          WHERE p.account_id = ? AND p.secret_hash = ? AND ${MAY}`,
        [column(account), Buffer.from(secretHash)],
      );
      return row ? toId<AppPasswordId>(row.id) : null;
    },

    /** @returns false when it was removed meanwhile */
    async use(id: AppPasswordId, now: number): Promise<boolean> {
      const { affectedRows }: { affectedRows: number } = await pool.query(
        "UPDATE app_password SET last_used_at = ? WHERE id = ?",
        [new Date(now), column(id)],
      );
      return affectedRows > 0;
    },

    /** @returns how many there were, and the sessions that ended */
    remove: (account: AccountId, id: AppPasswordId, now: number) => remove(account, id, now),

    /** Where they are not allowed any more, none is left. @returns the sessions that ended */
    async allow(account: AccountId, allowed: boolean, now: number): Promise<readonly SessionId[]> {
      if (!allowed) return (await remove(account, null, now, false)).sessions;
      await pool.query("UPDATE account SET app_passwords = TRUE WHERE id = ?", [column(account)]);
      return [];
    },
  };
}

export type AppPasswords = ReturnType<typeof createAppPasswords>;
