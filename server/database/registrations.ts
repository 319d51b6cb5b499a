import { type AccountId, idToBytes, type ServerInvitationId } from "../../lib/base/ids.ts";
import type { Credentials, Role } from "./accounts.ts";
import type { PrismaClient } from "./generated/client.ts";
import { toBytes, toId } from "./rows.ts";

export interface PendingRegistration extends Credentials {
  accountId: AccountId;
  name: string;
  displayName: string;
  email: string | null;
  role: Role;
  /** By which it came. */
  invitation: ServerInvitationId | null;
}

/** Registrations between the form and the first right code, by the hash of their token. */
export function createRegistrations(prisma: PrismaClient) {
  return {
    async insert(
      idHash: Uint8Array,
      { invitation, ...pending }: PendingRegistration,
      expiresAt: number,
    ): Promise<void> {
      await prisma.pendingRegistration.create({
        data: {
          ...pending,
          invitationId: invitation && idToBytes(invitation),
          idHash: toBytes(idHash),
          accountId: idToBytes(pending.accountId),
          totpSecret: toBytes(pending.totpSecret),
          attempts: 0,
          expiresAt: new Date(expiresAt),
        },
      });
    },

    /** Counts one attempt and returns the registration; null when unknown, expired or out of attempts. */
    async attempt(idHash: Uint8Array, maxAttempts: number, now: number): Promise<PendingRegistration | null> {
      const where = { idHash: toBytes(idHash) };
      const { count } = await prisma.pendingRegistration.updateMany({
        where: { ...where, attempts: { lt: maxAttempts }, expiresAt: { gt: new Date(now) } },
        data: { attempts: { increment: 1 } },
      });
      if (count === 0) return null;
      const row = await prisma.pendingRegistration.findUnique({ where });
      return (
        row && {
          ...row,
          accountId: toId<AccountId>(row.accountId),
          totpSecret: toBytes(row.totpSecret),
          invitation: row.invitationId && toId<ServerInvitationId>(row.invitationId),
        }
      );
    },

    /** @returns true for the one caller that took it. */
    async take(idHash: Uint8Array): Promise<boolean> {
      const { count } = await prisma.pendingRegistration.deleteMany({ where: { idHash: toBytes(idHash) } });
      return count === 1;
    },

    async deleteExpired(now: number): Promise<void> {
      await prisma.pendingRegistration.deleteMany({ where: { expiresAt: { lte: new Date(now) } } });
    },
  };
}
