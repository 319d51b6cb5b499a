import type { Pool, PoolConnection } from "mariadb";
import type { ServerInvitationId } from "../../lib/base/ids.ts";
import type { NewAccount } from "./accounts.ts";
import { column, isDuplicate } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export type Arrival = "made" | "name-taken" | "email-taken" | "invitation-over";

export interface Newcomer extends NewAccount {
  email?: string | null;
}

/** Accounts come into being here, together with what they came by. */
export function createNewAccounts(pool: Pool) {
  return {
    /** @param invitation is used once by it, in the same commit: of any number at once as many succeed as it is good for */
    async insert(
      account: Newcomer,
      now: number,
      invitation: ServerInvitationId | null = null,
    ): Promise<Arrival> {
      try {
        return await inTransaction(pool, async (connection) => {
          if (invitation && !(await spend(connection, invitation, now))) return "invitation-over";
          await insertAccount(connection, account, now);
          if (invitation)
            await connection.query(
              "INSERT INTO invitation_use (invitation_id, account_id, used_at) VALUES (?, ?, ?)",
              [column(invitation), column(account.id), new Date(now)],
            );
          return "made";
        });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return /'account_email'/.test(String((error as Error).message)) ? "email-taken" : "name-taken";
      }
    },
  };
}

/** What it suggested was for whoever has come now. */
async function spend(connection: PoolConnection, id: ServerInvitationId, now: number): Promise<boolean> {
  const { affectedRows } = await connection.query(
    `UPDATE invitation SET uses = uses + 1, name = NULL, display_name = NULL, email = NULL
      WHERE id = ? AND uses < max_uses AND revoked_at IS NULL AND expires_at > ?`,
    [column(id), new Date(now)],
  );
  return affectedRows > 0;
}

async function insertAccount(connection: PoolConnection, account: Newcomer, now: number): Promise<void> {
  await connection.query(
    `INSERT INTO account (id, name, display_name, email, role, password_hash, pepper_version, totp_secret,
                          totp_key_version, totp_last_step, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      column(account.id),
      account.name,
      account.displayName,
      account.email ?? null,
      account.role,
      account.passwordHash,
      account.pepperVersion,
      Buffer.from(account.totpSecret),
      account.totpKeyVersion,
      account.totpLastStep,
      new Date(now),
    ],
  );
}
