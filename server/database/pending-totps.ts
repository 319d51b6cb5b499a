import { type AccountId, idToBytes } from "../../lib/base/ids.ts";
import type { Credentials } from "./accounts.ts";
import type { PrismaClient } from "./generated/client.ts";
import { toBytes } from "./rows.ts";

export type PendingTotp = Pick<Credentials, "totpSecret" | "totpKeyVersion">;

/** New authenticators between their QR code and their first right code: at most one of an account. */
export function createPendingTotps(prisma: PrismaClient) {
  return {
    /** Takes the place of an earlier one. */
    async put(account: AccountId, tokenHash: Uint8Array, pending: PendingTotp, expiresAt: number) {
      const accountId = idToBytes(account);
      const data = {
        tokenHash: toBytes(tokenHash),
        totpSecret: toBytes(pending.totpSecret),
        totpKeyVersion: pending.totpKeyVersion,
        attempts: 0,
        expiresAt: new Date(expiresAt),
      };
      await prisma.pendingTotp.upsert({
        where: { accountId },
        create: { accountId, ...data },
        update: data,
      });
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
