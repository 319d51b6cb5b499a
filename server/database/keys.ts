import { type AccountId, type DeviceId, type Id, idToBytes } from "../../lib/base/ids.ts";
import type { PrismaClient } from "./generated/client.ts";
import { isDuplicate, toBytes, toId } from "./rows.ts";

type Column = Uint8Array<ArrayBuffer>;

export interface CertificateRow {
  keyType: number;
  epoch: number;
  bytes: Column;
}

export interface IdentityRow {
  identityKey: Column;
  vaultKeyVersion: number;
  /** A device was removed that still knows the vault key. */
  renewalDue: boolean;
}

export interface FormerIdentity {
  identityKey: Column;
  signingCertificates: Column[];
}

export interface StoredCertificateRow extends CertificateRow {
  createdAt: number;
}

export interface PublishedKeys {
  /** Null for an account without keys, and for one that was deleted. */
  identityKey: Column | null;
  certificates: CertificateRow[];
  former: FormerIdentity[];
}

export interface DeviceRow {
  id: DeviceId;
  name: string;
  certificate: Column;
}

export interface VaultKeyBoxRow {
  vaultKeyVersion: number;
  recipientKeyId: Column;
  box: Column;
}

export interface VaultEntryRow {
  id: Id;
  counter: number;
  vaultKeyVersion: number;
  ciphertext: Column;
}

export interface FirstKeys {
  identityKey: Column;
  vaultKeyVersion: number;
  certificates: readonly CertificateRow[];
  device: DeviceRow;
  boxes: readonly VaultKeyBoxRow[];
  rootEntry: VaultEntryRow;
}

/** Identity, certificates, devices and the vault of an account: what the server keeps and cannot open. */
export function createKeys(prisma: PrismaClient) {
  return {
    /** Everything in one transaction. @returns false when the account has keys already. */
    async insertFirst(account: AccountId, keys: FirstKeys, now: number): Promise<boolean> {
      const accountId = idToBytes(account);
      const createdAt = new Date(now);
      const { rootEntry, vaultKeyVersion } = keys;
      try {
        await prisma.$transaction([
          prisma.identity.create({
            data: { accountId, publicKey: keys.identityKey, vaultKeyVersion, createdAt },
          }),
          prisma.account.update({ where: { id: accountId }, data: { keyless: false } }),
          prisma.certificate.createMany({
            data: keys.certificates.map((certificate) => ({ ...certificate, accountId, createdAt })),
          }),
          prisma.device.create({
            data: { ...keys.device, id: idToBytes(keys.device.id), accountId, createdAt },
          }),
          prisma.vaultKeyBox.createMany({ data: keys.boxes.map((box) => ({ ...box, accountId })) }),
          prisma.vaultEntry.create({
            data: {
              accountId,
              entryId: idToBytes(rootEntry.id),
              counter: rootEntry.counter,
              vaultKeyVersion,
              ciphertext: rootEntry.ciphertext,
            },
          }),
        ]);
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },

    async findDevice(account: AccountId, device: DeviceId): Promise<DeviceRow | null> {
      const row = await prisma.device.findUnique({
        where: { id: idToBytes(device), accountId: idToBytes(account) },
      });
      return row && { id: toId<DeviceId>(row.id), name: row.name, certificate: toBytes(row.certificate) };
    },

    async devices(account: AccountId): Promise<DeviceRow[]> {
      const rows = await prisma.device.findMany({ where: { accountId: idToBytes(account) } });
      return rows.map(({ id, name, certificate }) => ({
        id: toId(id),
        name,
        certificate: toBytes(certificate),
      }));
    },

    async findIdentity(account: AccountId): Promise<IdentityRow | null> {
      const row = await prisma.identity.findUnique({ where: { accountId: idToBytes(account) } });
      if (!row) return null;
      const { publicKey, vaultKeyVersion, renewalDue } = row;
      return { identityKey: toBytes(publicKey), vaultKeyVersion, renewalDue };
    },

    /** @returns false when there is one of this epoch */
    async insertCertificate(account: AccountId, certificate: CertificateRow, now: number): Promise<boolean> {
      try {
        await prisma.certificate.create({
          data: { ...certificate, accountId: idToBytes(account), createdAt: new Date(now) },
        });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },

    async certificates(account: AccountId, keyType: number): Promise<StoredCertificateRow[]> {
      const rows = await prisma.certificate.findMany({
        where: { accountId: idToBytes(account), keyType },
        orderBy: { epoch: "asc" },
      });
      return rows.map(({ keyType, epoch, bytes, createdAt }) => ({
        keyType,
        epoch,
        bytes: toBytes(bytes),
        createdAt: createdAt.getTime(),
      }));
    },

    /** Of many accounts at once, each one's oldest first; who has none is not there. */
    async certificatesOf(
      accounts: readonly AccountId[],
      keyType: number,
    ): Promise<Map<AccountId, StoredCertificateRow[]>> {
      const rows = await prisma.certificate.findMany({
        where: { accountId: { in: accounts.map(idToBytes) }, keyType },
        orderBy: { epoch: "asc" },
      });
      const found = new Map<AccountId, StoredCertificateRow[]>();
      for (const { accountId, keyType, epoch, bytes, createdAt } of rows) {
        const account = toId<AccountId>(accountId);
        const certificates = found.get(account) ?? [];
        found.set(account, certificates);
        certificates.push({ keyType, epoch, bytes: toBytes(bytes), createdAt: createdAt.getTime() });
      }
      return found;
    },

    /**
     * Everything public of accounts, as of one moment: a renewal or a reset replaces several rows at once.
     * Certificates and former identities are oldest first.
     */
    async published(accounts: readonly AccountId[]): Promise<Map<AccountId, PublishedKeys>> {
      const ids = accounts.map((account) => idToBytes(account));
      const where = { accountId: { in: ids } };
      const [identities, certificates, former] = await prisma.$transaction([
        prisma.identity.findMany({ where }),
        prisma.certificate.findMany({ where, orderBy: { epoch: "asc" } }),
        prisma.formerIdentity.findMany({
          where,
          include: { certificates: { orderBy: { epoch: "asc" } } },
          orderBy: { number: "asc" },
        }),
      ]);
      const all = new Map<AccountId, PublishedKeys>(
        accounts.map((account) => [account, { identityKey: null, certificates: [], former: [] }]),
      );
      const of = (row: { accountId: Uint8Array }) => all.get(toId<AccountId>(row.accountId)) as PublishedKeys;
      for (const row of identities) of(row).identityKey = toBytes(row.publicKey);
      for (const row of certificates)
        of(row).certificates.push({ keyType: row.keyType, epoch: row.epoch, bytes: toBytes(row.bytes) });
      for (const row of former)
        of(row).former.push({
          identityKey: toBytes(row.publicKey),
          signingCertificates: row.certificates.map(({ bytes }) => toBytes(bytes)),
        });
      return all;
    },
  };
}
