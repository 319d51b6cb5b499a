import { type AccountId, type DeviceId, idToBytes } from "../../lib/base/ids.ts";
import type { PrismaClient } from "./generated/client.ts";
import { toBytes, toId } from "./rows.ts";

export interface SessionRow {
  idHash: Uint8Array<ArrayBuffer>;
  accountId: AccountId;
  deviceId: DeviceId | null;
  role: "member" | "administrator";
  address: string;
  agent: string;
  createdAt: number;
  lastSeenAt: number;
  authenticatedAt: number;
  endsAt: number;
  revokedAt: number | null;
}

export function createSessions(prisma: PrismaClient) {
  return {
    async insert(session: Omit<SessionRow, "role">): Promise<void> {
      await prisma.session.create({
        data: {
          idHash: session.idHash,
          accountId: idToBytes(session.accountId),
          deviceId: session.deviceId && idToBytes(session.deviceId),
          address: session.address,
          agent: session.agent,
          createdAt: new Date(session.createdAt),
          lastSeenAt: new Date(session.lastSeenAt),
          authenticatedAt: new Date(session.authenticatedAt),
          endsAt: new Date(session.endsAt),
        },
      });
    },

    async find(idHash: Uint8Array): Promise<SessionRow | null> {
      const row = await prisma.session.findUnique({
        where: { idHash: toBytes(idHash) },
        include: { account: { select: { role: true } } },
      });
      return (
        row && {
          idHash: toBytes(row.idHash),
          accountId: toId<AccountId>(row.accountId),
          deviceId: row.deviceId && toId<DeviceId>(row.deviceId),
          role: row.account.role,
          address: row.address,
          agent: row.agent,
          createdAt: row.createdAt.getTime(),
          lastSeenAt: row.lastSeenAt.getTime(),
          authenticatedAt: row.authenticatedAt.getTime(),
          endsAt: row.endsAt.getTime(),
          revokedAt: row.revokedAt?.getTime() ?? null,
        }
      );
    },

    async touch(idHash: Uint8Array, lastSeenAt: number): Promise<void> {
      await prisma.session.updateMany({
        where: { idHash: toBytes(idHash) },
        data: { lastSeenAt: new Date(lastSeenAt) },
      });
    },

    async setDevice(idHash: Uint8Array, deviceId: DeviceId): Promise<void> {
      await prisma.session.updateMany({
        where: { idHash: toBytes(idHash) },
        data: { deviceId: idToBytes(deviceId) },
      });
    },

    /** @returns false when it was revoked already. */
    async revoke(idHash: Uint8Array, now: number): Promise<boolean> {
      const { count } = await prisma.session.updateMany({
        where: { idHash: toBytes(idHash), revokedAt: null },
        data: { revokedAt: new Date(now) },
      });
      return count === 1;
    },

    async deleteEnded(before: number): Promise<void> {
      await prisma.session.deleteMany({ where: { endsAt: { lte: new Date(before) } } });
    },
  };
}

export type Sessions = ReturnType<typeof createSessions>;
