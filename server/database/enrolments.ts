import type { Pool } from "mariadb";
import type { AccountId } from "../../lib/base/ids.ts";
import { toId } from "./rows.ts";

/** Links to a new authenticator, by their hash. Making one and using it up are `credentialChanges`' to do. */
export function createEnrolments(pool: Pool) {
  return {
    /** Whose it is; null for one that is over, used or replaced. */
    async find(tokenHash: Uint8Array, now: number): Promise<AccountId | null> {
      const [row]: { account_id: Buffer }[] = await pool.query(
        "SELECT account_id FROM enrolment WHERE token_hash = ? AND expires_at > ?",
        [Buffer.from(tokenHash), new Date(now)],
      );
      return row ? toId<AccountId>(row.account_id) : null;
    },

    async deleteExpired(now: number): Promise<void> {
      await pool.query("DELETE FROM enrolment WHERE expires_at <= ?", [new Date(now)]);
    },
  };
}
