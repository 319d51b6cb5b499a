import type { Pool } from "mariadb";
import { type AccountId, idToBytes, type SessionId } from "../../lib/base/ids.ts";
import type { Credentials } from "./accounts.ts";
import { endOtherSessions, type Staying } from "./other-sessions.ts";
import type { PendingTotp } from "./pending-totps.ts";
import { inTransaction } from "./transaction.ts";

const column = (id: AccountId) => Buffer.from(idToBytes(id));

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
      { totpSecret, totpKeyVersion }: PendingTotp,
      lastStep: number,
    ): Promise<SessionId[] | null> {
      return inTransaction(pool, async (connection) => {
        const { affectedRows }: { affectedRows: number } = await connection.query(
          "DELETE FROM pending_totp WHERE account_id = ? AND token_hash = ?",
          [column(change.account), Buffer.from(tokenHash)],
        );
        if (affectedRows === 0) return null;
        await connection.query(
          "UPDATE account SET totp_secret = ?, totp_key_version = ?, totp_last_step = ?, authenticator_missed = FALSE, credentials_changed_at = ? WHERE id = ?",
          [Buffer.from(totpSecret), totpKeyVersion, lastStep, new Date(change.now), column(change.account)],
        );
        return endOtherSessions(connection, change);
      });
    },
  };
}
