import { type AccountId, idToBytes, type LinkId, type SessionId } from "../../lib/base/ids.ts";
import type { PrismaClient } from "./generated/client.ts";
import type { DeviceLinkModel } from "./generated/models.ts";
import { isDuplicate, toBytes, toId } from "./rows.ts";

type Column = Uint8Array<ArrayBuffer>;

export interface NewDeviceLink {
  id: LinkId;
  accountId: AccountId;
  sessionId: SessionId;
  deviceKey: Column;
  commitment: Column | null;
  address: string;
  agent: string;
  expiresAt: number;
}

export interface DeviceLink extends NewDeviceLink {
  challenge: Column | null;
  reveal: Column | null;
  box: Column | null;
}

/** Browsers that ask to be linked. Every step is a statement that one caller wins. */
export function createDeviceLinks(prisma: PrismaClient) {
  const living = (id: LinkId, now: number) => ({ id: idToBytes(id), expiresAt: { gt: new Date(now) } });

  return {
    /** In place of what the session asked before. @returns false when the id is taken. */
    async insert(link: NewDeviceLink): Promise<boolean> {
      const sessionId = idToBytes(link.sessionId);
      try {
        await prisma.$transaction([
          prisma.deviceLink.deleteMany({ where: { sessionId } }),
          prisma.deviceLink.create({
            data: {
              ...link,
              id: idToBytes(link.id),
              accountId: idToBytes(link.accountId),
              sessionId,
              expiresAt: new Date(link.expiresAt),
            },
          }),
        ]);
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },

    async find(id: LinkId, now: number): Promise<DeviceLink | null> {
      const row = await prisma.deviceLink.findUnique({ where: living(id, now) });
      return row && toLink(row);
    },

    /** Those of an account in which symbols are compared, newest first. */
    async comparing(account: AccountId, now: number): Promise<DeviceLink[]> {
      const rows = await prisma.deviceLink.findMany({
        where: {
          accountId: idToBytes(account),
          commitment: { not: null },
          expiresAt: { gt: new Date(now) },
        },
        orderBy: { expiresAt: "desc" },
      });
      return rows.map(toLink);
    },

    /** @returns false when it was challenged already: a comparison has one try. */
    async setChallenge(id: LinkId, challenge: Column, now: number): Promise<boolean> {
      const { count } = await prisma.deviceLink.updateMany({
        where: { ...living(id, now), commitment: { not: null }, challenge: null },
        data: { challenge },
      });
      return count === 1;
    },

    /** @returns false before the challenge, and when it was revealed already. */
    async setReveal(id: LinkId, reveal: Column, now: number): Promise<boolean> {
      const { count } = await prisma.deviceLink.updateMany({
        where: { ...living(id, now), challenge: { not: null }, reveal: null },
        data: { reveal },
      });
      return count === 1;
    },

    /** @returns false when it was answered already, or nothing has been compared yet. */
    async setBox(id: LinkId, box: Column, now: number): Promise<boolean> {
      const { count } = await prisma.deviceLink.updateMany({
        where: { ...living(id, now), box: null, OR: [{ commitment: null }, { reveal: { not: null } }] },
        data: { box },
      });
      return count === 1;
    },

    /** Takes the answer out, and the link with it. @returns null for all but the one caller that took it. */
    async takeBox(id: LinkId, now: number): Promise<Column | null> {
      const link = await this.find(id, now);
      if (!link?.box) return null;
      return (await this.remove(id)) ? link.box : null;
    },

    /** @returns false when it was gone. */
    async remove(id: LinkId): Promise<boolean> {
      return (await prisma.deviceLink.deleteMany({ where: { id: idToBytes(id) } })).count === 1;
    },

    async deleteExpired(now: number): Promise<void> {
      await prisma.deviceLink.deleteMany({ where: { expiresAt: { lte: new Date(now) } } });
    },
  };
}

export type DeviceLinks = ReturnType<typeof createDeviceLinks>;

function toLink(row: DeviceLinkModel): DeviceLink {
  const orNull = (column: Uint8Array | null) => column && toBytes(column);
  return {
    id: toId(row.id),
    accountId: toId(row.accountId),
    sessionId: toId(row.sessionId),
    deviceKey: toBytes(row.deviceKey),
    commitment: orNull(row.commitment),
    challenge: orNull(row.challenge),
    reveal: orNull(row.reveal),
    box: orNull(row.box),
    address: row.address,
    agent: row.agent,
    expiresAt: row.expiresAt.getTime(),
  };
}
