import type { Pool, PoolConnection } from "mariadb";
import type { AccountId, SessionId } from "../../lib/base/ids.ts";
import type { Credentials } from "./accounts.ts";
import { endOtherSessions, type Staying } from "./other-sessions.ts";
import type { PendingTotp } from "./pending-totps.ts";
import { column } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

/** A credential is replaced and every other session ended in one commit, whatever dies in between. */
export function createCredentialChanges(pool: Pool) {
  return {
    /** @returns the sessions that ended */
    setPassword(
      change: Staying,
      { passwordHash, pepperVersion }: Pick<Credentials, "passwordHash" | "pepperVersion">,
    ): Promise<SessionId[]> {
      return inTransaction(pool, async (connection) => {
        await connection.query(
          "UPDATE account SET password_hash = ?, pepper_version = ?, credentials_changed_at = ? WHERE id = ?",
          [passwordHash, pepperVersion, new Date(change.now), column(change.account)],
        );
        return endOtherSessions(connection, change);
      });
    },

    /**
     * @param tokenHash of the pending replacement, which is used up
     * @param lastStep whose code has proved the new authenticator, and works no second time
     * @returns the sessions that ended; null when the replacement is not pending any more
     */
    setTotp(
      change: Staying,
      tokenHash: Uint8Array,
      pending: PendingTotp,
      lastStep: number,
    ): Promise<SessionId[] | null> {
      return inTransaction(pool, async (connection) => {
        const { affectedRows }: { affectedRows: number } = await connection.query(
          "DELETE FROM pending_totp WHERE account_id = ? AND token_hash = ?",
          [column(change.account), Buffer.from(tokenHash)],
        );
        if (affectedRows === 0) return null;
        await writeTotp(connection, change, pending, lastStep);
        return endOtherSessions(connection, change);
      });
    },

    /**
     * Ends the authenticator, the sign-in codes and every session. What takes their place is a link.
     * @param unknown a secret that nobody has: no code is right any more
     * @returns the sessions that ended; null when the account is gone
     */
    endTotp(
      account: AccountId,
      unknown: PendingTotp,
      link: { tokenHash: Uint8Array; expiresAt: number },
      now: number,
    ): Promise<SessionId[] | null> {
      return inTransaction(pool, async (connection) => {
        const change = { account, keep: null, now };
        if (!(await writeTotp(connection, change, unknown, 0))) return null;
        for (const table of ["sign_in_code", "pending_totp", "enrolment"])
          await connection.query(`DELETE FROM ${table} WHERE account_id = ?`, [column(account)]);
        await connection.query(
          "INSERT INTO enrolment (account_id, token_hash, expires_at) VALUES (?, ?, ?)",
          [column(account), Buffer.from(link.tokenHash), new Date(link.expiresAt)],
        );
        return endOtherSessions(connection, change);
      });
    },

    /**
     * A new authenticator by a link, which is used up. @param pendingHash, @param lastStep as of setTotp
     * @returns false when the link, or the replacement, is not good any more
     */
    enrol(
      account: AccountId,
      linkHash: Uint8Array,
      pendingHash: Uint8Array,
      pending: PendingTotp,
      lastStep: number,
      now: number,
    ): Promise<boolean> {
      return inTransaction(pool, async (connection) => {
        const replacement = await connection.query(
          "DELETE FROM pending_totp WHERE account_id = ? AND token_hash = ?",
          [column(account), Buffer.from(pendingHash)],
        );
        if (replacement.affectedRows === 0) return false;
        const link = await connection.query(
          "DELETE FROM enrolment WHERE account_id = ? AND token_hash = ? AND expires_at > ?",
          [column(account), Buffer.from(linkHash), new Date(now)],
        );
        if (link.affectedRows === 0) return false;
        return writeTotp(connection, { account, now }, pending, lastStep);
      });
    },
  };
}

/** @returns false when the account is gone */
async function writeTotp(
  connection: PoolConnection,
  { account, now }: Pick<Staying, "account" | "now">,
  { totpSecret, totpKeyVersion }: PendingTotp,
  lastStep: number,
): Promise<boolean> {
  const { affectedRows } = await connection.query(
    "UPDATE account SET totp_secret = ?, totp_key_version = ?, totp_last_step = ?, authenticator_missed = FALSE, credentials_changed_at = ? WHERE id = ?",
    [Buffer.from(totpSecret), totpKeyVersion, lastStep, new Date(now), column(account)],
  );
  return affectedRows > 0;
}
