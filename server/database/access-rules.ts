import type { Pool } from "mariadb";
import type { AccountId, SessionId } from "../../lib/base/ids.ts";
import type { Role } from "./accounts.ts";
import { column, isDuplicate, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export interface AccessRuleSet {
  version: number;
  /** JSON */
  rules: string;
  setAt: number;
  /** Null when that account is gone, or it was the command line. */
  setBy: AccountId | null;
  /** Null when it was confirmed. */
  trialUntil: number | null;
  reverted: boolean;
}

interface Columns {
  version: number;
  rules: string;
  set_at: Date;
  set_by: Buffer | null;
  trial_until: Date | null;
  reverted: number;
}

/** A session as rules judge it. */
export interface JudgedSession {
  id: SessionId;
  accountId: AccountId;
  role: Role;
  address: string;
  email: string | null;
}

/** Whole lists of rules: the last one that was confirmed, and what came after it. */
export function createAccessRuleTable(pool: Pool) {
  return {
    /** Newest first. */
    async list(): Promise<AccessRuleSet[]> {
      const rows: Columns[] = await pool.query(
        "SELECT version, rules, set_at, set_by, trial_until, reverted FROM access_rule_set ORDER BY version DESC",
      );
      return rows.map((row) => ({
        version: row.version,
        rules: row.rules,
        setAt: row.set_at.getTime(),
        setBy: row.set_by && toId<AccountId>(row.set_by),
        trialUntil: row.trial_until?.getTime() ?? null,
        reverted: Boolean(row.reverted),
      }));
    },

    /**
     * The one after `version`; what it makes superfluous goes.
     * @returns false when there is a newer one than that already
     */
    async write(version: number, next: Omit<AccessRuleSet, "version" | "reverted">): Promise<boolean> {
      const { rules, setAt, setBy, trialUntil } = next;
      try {
        return await inTransaction(pool, async (connection) => {
          const { affectedRows }: { affectedRows: number } = await connection.query(
            `INSERT INTO access_rule_set (version, rules, set_at, set_by, trial_until)
             SELECT ?, ?, ?, ?, ? FROM (SELECT COALESCE(MAX(version), 0) AS version FROM access_rule_set) newest
              WHERE newest.version = ?`,
            [
              version + 1,
              rules,
              new Date(setAt),
              setBy && column(setBy),
              trialUntil === null ? null : new Date(trialUntil),
              version,
            ],
          );
          if (affectedRows === 0) return false;
          // Until it is confirmed, the confirmed one before it is what remains of it.
          await connection.query(
            `DELETE FROM access_rule_set WHERE version <= ?${trialUntil === null ? "" : " AND trial_until IS NOT NULL"}`,
            [version],
          );
          return true;
        });
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },

    /** @returns false when it is over, or another one took its place */
    async confirm(version: number, now: number): Promise<boolean> {
      const { affectedRows }: { affectedRows: number } = await pool.query(
        "UPDATE access_rule_set SET trial_until = NULL WHERE version = ? AND trial_until > ?",
        [version, new Date(now)],
      );
      return affectedRows === 1;
    },

    /** @returns true to one caller alone, for a trial that is over */
    async revert(version: number, now: number): Promise<boolean> {
      const { affectedRows }: { affectedRows: number } = await pool.query(
        "UPDATE access_rule_set SET reverted = TRUE WHERE version = ? AND trial_until <= ? AND NOT reverted",
        [version, new Date(now)],
      );
      return affectedRows === 1;
    },

    /** Living sessions in the order of their ids. @param after the last one of the page before */
    async sessions(after: SessionId | null, now: number, count: number): Promise<JudgedSession[]> {
      const rows: {
        id: Buffer;
        account_id: Buffer;
        role: Role;
        address: string;
        email: string | null;
      }[] = await pool.query(
        `SELECT s.id, s.account_id, a.role, s.address, a.email FROM session s JOIN account a ON a.id = s.account_id
          WHERE s.id > ? AND s.revoked_at IS NULL AND s.ends_at > ? ORDER BY s.id LIMIT ?`,
        [after === null ? Buffer.alloc(0) : column(after), new Date(now), count],
      );
      return rows.map(({ id, account_id, ...row }) => ({
        ...row,
        id: toId<SessionId>(id),
        accountId: toId<AccountId>(account_id),
      }));
    },
  };
}

export type AccessRuleTable = ReturnType<typeof createAccessRuleTable>;
