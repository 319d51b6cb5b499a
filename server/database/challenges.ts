import { type AccountId, idToBytes } from "../../lib/base/ids.ts";
import type { PrismaClient } from "./generated/client.ts";
import { toBytes, toId } from "./rows.ts";

export interface SignInChallenge {
  /** As typed: throttling counts names that do not exist like those that do. */
  name: string;
  accountId: AccountId | null;
  passwordOk: boolean;
}

/** Sign-ins between password and code, by the hash of their token. */
export function createChallenges(prisma: PrismaClient) {
  return {
    async insert(idHash: Uint8Array, challenge: SignInChallenge, expiresAt: number): Promise<void> {
      await prisma.signInChallenge.create({
        data: {
          idHash: toBytes(idHash),
          name: challenge.name,
          accountId: challenge.accountId && idToBytes(challenge.accountId),
          passwordOk: challenge.passwordOk,
          attempts: 0,
          expiresAt: new Date(expiresAt),
        },
      });
    },

    async find(idHash: Uint8Array, now: number): Promise<(SignInChallenge & { expiresAt: number }) | null> {
      const row = await prisma.signInChallenge.findUnique({
        where: { idHash: toBytes(idHash), expiresAt: { gt: new Date(now) } },
      });
      return (
        row && {
          name: row.name,
          accountId: row.accountId && toId<AccountId>(row.accountId),
          passwordOk: row.passwordOk,
          expiresAt: row.expiresAt.getTime(),
        }
      );
    },

    /** Counts one attempt. @returns false when there were too many. */
    async attempt(idHash: Uint8Array, maxAttempts: number): Promise<boolean> {
      const { count } = await prisma.signInChallenge.updateMany({
        where: { idHash: toBytes(idHash), attempts: { lt: maxAttempts } },
        data: { attempts: { increment: 1 } },
      });
      return count === 1;
    },

    /** @returns true for the one caller that took it: a challenge signs in once. */
    async take(idHash: Uint8Array): Promise<boolean> {
      const { count } = await prisma.signInChallenge.deleteMany({ where: { idHash: toBytes(idHash) } });
      return count === 1;
    },

    async deleteExpired(now: number): Promise<void> {
      await prisma.signInChallenge.deleteMany({ where: { expiresAt: { lte: new Date(now) } } });
    },
  };
}
