import { type AccountId, type DeviceId, idToBytes } from "../../lib/base/ids.ts";
import type { PrismaClient } from "./generated/client.ts";
import { toId } from "./rows.ts";

export interface NamedDevice {
  id: DeviceId;
  name: string;
  createdAt: number;
}

/** The browsers that hold an account's keys, as their list shows them; they are added with their keys. */
export function createDevices(prisma: PrismaClient) {
  return {
    /** Oldest first. */
    async ofAccount(account: AccountId): Promise<NamedDevice[]> {
      const rows = await prisma.device.findMany({
        where: { accountId: idToBytes(account) },
        select: { id: true, name: true, createdAt: true },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      });
      return rows.map(({ id, name, createdAt }) => ({
        id: toId<DeviceId>(id),
        name,
        createdAt: createdAt.getTime(),
      }));
    },

    /** @returns false when the account has no such device. */
    async rename(account: AccountId, id: DeviceId, name: string): Promise<boolean> {
      const { count } = await prisma.device.updateMany({
        where: { id: idToBytes(id), accountId: idToBytes(account) },
        data: { name },
      });
      return count === 1;
    },

    /**
     * Takes away the device and what is sealed to it, and marks the vault key as one that somebody outside knows:
     * the account's next browser makes a new one, and clears `renewal_due` with it.
     * @returns false when the account has no such device any more.
     */
    async remove(
      account: AccountId,
      id: DeviceId,
      recipientKeyId: Uint8Array<ArrayBuffer>,
    ): Promise<boolean> {
      const accountId = idToBytes(account);
      // The identity first: its row is the lock of everything under the vault key.
      const [, { count }] = await prisma.$transaction([
        prisma.identity.updateMany({ where: { accountId }, data: { renewalDue: true } }),
        prisma.device.deleteMany({ where: { id: idToBytes(id), accountId } }),
        prisma.vaultKeyBox.deleteMany({ where: { accountId, recipientKeyId } }),
      ]);
      return count === 1;
    },
  };
}
