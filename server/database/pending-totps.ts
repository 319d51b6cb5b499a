import type { Pool } from "mariadb";
import { type AccountId, idToBytes } from "../../lib/base/ids.ts";
import type { Credentials } from "./accounts.ts";
import type { PrismaClient } from "./generated/client.ts";
import { column, toBytes } from "./rows.ts";

export type PendingTotp = Pick<Credentials, "totpSecret" | "totpKeyVersion">;

/** New authenticators between their QR code and their first right code: at most one of an account. */
export function createPendingTotps(prisma: PrismaClient, pool: Pool) {
  return {
    /** Takes the place of an earlier one. */
    async put(account: AccountId, tokenHash: Uint8Array, pending: PendingTotp, expiresAt: number) {
      // One statement: Prisma's upsert looks first, and of two at once one fails.
      await pool.query(
        `INSERT INTO pending_totp (account_id, token_hash, totp_secret, totp_key_version, attempts, expires_at)
         VALUES (?, ?, ?, ?, 0, ?) ON DUPLICATE KEY UPDATE token_hash = VALUES(token_hash), totp_secret = VALUES(totp_secret),
           totp_key_version = VALUES(totp_key_version), attempts = 0, expires_at = VALUES(expires_at)`,
        [
          ...[column(account), Buffer.from(tokenHash), Buffer.from(pending.totpSecret)],
          ...[pending.totpKeyVersion, new Date(expiresAt)],
        ],
      );
    },

    /** Counts one attempt; null when unknown, replaced, expired or out of attempts. */
    async attempt(
      account: AccountId,
      tokenHash: Uint8Array,
      maxAttempts: number,
      now: number,
    ): Promise<PendingTotp | null> {
      const where = { accountId: idToBytes(account), tokenHash: toBytes(tokenHash) };
      const { count } = await prisma.pendingTotp.updateMany({
        where: { ...where, attempts: { lt: maxAttempts }, expiresAt: { gt: new Date(now) } },
        data: { attempts: { increment: 1 } },
      });
      if (count === 0) return null;
      const row = await prisma.pendingTotp.findUnique({ where });
      return row && { totpSecret: toBytes(row.totpSecret), totpKeyVersion: row.totpKeyVersion };
    },

    async deleteExpired(now: number): Promise<void> {
      await prisma.pendingTotp.deleteMany({ where: { expiresAt: { lte: new Date(now) } } });
    },
  };
}
