import type { Pool } from "mariadb";
import {
  type AccountId,
  type AppPasswordId,
  type DeviceId,
  idToBytes,
  type SessionId,
} from "../../lib/base/ids.ts";
import type { Role } from "./accounts.ts";
import { coalesce } from "./coalesce.ts";
import { ACTIVE_PEOPLE, createDailyCountTable } from "./daily-counts.ts";
import type { PrismaClient } from "./generated/client.ts";
import type { SessionModel } from "./generated/models.ts";
import { column, toBytes, toId, toNumber } from "./rows.ts";

type Hash = Uint8Array<ArrayBuffer>;

export interface SessionRow {
  id: SessionId;
  secretHash: Hash;
  replacedHash: Hash | null;
  accountId: AccountId;
  deviceId: DeviceId | null;
  /** By which it began; null where both factors were proved. */
  appPasswordId: AppPasswordId | null;
  role: Role;
  /** The account's. */
  email: string | null;
  address: string;
  agent: string;
  suspicion: string;
  createdAt: number;
  lastSeenAt: number;
  authenticatedAt: number;
  steppedUpAt: number | null;
  /** When the administration was last used in it. */
  adminSeenAt: number | null;
  endsAt: number;
  revokedAt: number | null;
}

type Later = "role" | "email" | "replacedHash" | "steppedUpAt" | "adminSeenAt" | "revokedAt";

export interface NewSession extends Omit<SessionRow, Later> {
  noticedId: number;
}

const WITH_ROLE = { account: { select: { role: true, email: true } } } as const;

/** Named as Prisma names them. */
const COLUMNS = `s.id, s.secret_hash AS secretHash, s.replaced_hash AS replacedHash, s.account_id AS accountId,
  s.device_id AS deviceId, s.app_password_id AS appPasswordId, s.address, s.agent, s.suspicion, s.created_at AS createdAt, s.last_seen_at AS lastSeenAt,
  s.authenticated_at AS authenticatedAt, s.stepped_up_at AS steppedUpAt, s.admin_seen_at AS adminSeenAt,
  s.ends_at AS endsAt, s.revoked_at AS revokedAt, a.role, a.email`;

type Columns = Omit<SessionModel, "noticedId"> & Pick<SessionRow, "role" | "email">;

export function createSessions(prisma: PrismaClient, pool: Pool) {
  const dailyCounts = createDailyCountTable(pool);
  /** Every frame of every socket rests on it: some hundreds are asked for in a second. */
  const find = coalesce(async (ids: readonly SessionId[]) => {
    const rows: Columns[] = await pool.query(
      `SELECT ${COLUMNS} FROM session s JOIN account a ON a.id = s.account_id WHERE s.id IN (${ids.map(() => "?").join(", ")})`,
      ids.map(column),
    );
    return new Map(rows.map((row) => [toId<SessionId>(row.id), toSession(row)]));
  });

  return {
    find,

    async insert(session: NewSession): Promise<void> {
      await prisma.session.create({
        data: {
          id: idToBytes(session.id),
          secretHash: session.secretHash,
          accountId: idToBytes(session.accountId),
          deviceId: session.deviceId && idToBytes(session.deviceId),
          appPasswordId: session.appPasswordId && idToBytes(session.appPasswordId),
          address: session.address,
          agent: session.agent,
          suspicion: session.suspicion,
          noticedId: session.noticedId,
          createdAt: new Date(session.createdAt),
          lastSeenAt: new Date(session.lastSeenAt),
          authenticatedAt: new Date(session.authenticatedAt),
          endsAt: new Date(session.endsAt),
        },
      });
    },

    /** Those of an account that nobody has ended; some may be over. */
    async ofAccount(account: AccountId): Promise<SessionRow[]> {
      const rows = await prisma.session.findMany({
        where: { accountId: idToBytes(account), revokedAt: null },
        include: WITH_ROLE,
      });
      return rows.map(({ account, ...row }) => toSession({ ...row, ...account }));
    },

    /** @returns the number of the last journal entry that this session has been told of, or began after. */
    async noticedId(id: SessionId): Promise<number> {
      const row = await prisma.session.findUnique({
        where: { id: idToBytes(id) },
        select: { noticedId: true },
      });
      return row ? toNumber(row.noticedId) : 0;
    },

    /** Only ever forward. */
    async setNoticed(id: SessionId, noticedId: number): Promise<void> {
      await prisma.session.updateMany({
        where: { id: idToBytes(id), noticedId: { lt: noticedId } },
        data: { noticedId },
      });
    },

    /** Only ever forward. */
    async touch(ids: readonly SessionId[], lastSeenAt: number): Promise<void> {
      await pool.query(
        `UPDATE session SET last_seen_at = GREATEST(last_seen_at, ?) WHERE id IN (${ids.map(() => "?").join(", ")})`,
        [new Date(lastSeenAt), ...ids.map(column)],
      );
    },

    async touchAdmin(id: SessionId, adminSeenAt: number): Promise<void> {
      await prisma.session.updateMany({
        where: { id: idToBytes(id) },
        data: { adminSeenAt: new Date(adminSeenAt) },
      });
    },

    /** Remembered with the account: sessions are forgotten sooner. Counted once a day. @param day as yyyymmdd */
    async markActive(accounts: readonly AccountId[], day: number): Promise<void> {
      const { affectedRows } = await pool.query(
        `UPDATE account SET last_active_day = ? WHERE last_active_day < ? AND id IN (${accounts.map(() => "?").join(", ")})`,
        [day, day, ...accounts.map(column)],
      );
      if (affectedRows > 0) await dailyCounts.add([[ACTIVE_PEOPLE, day, affectedRows]]);
    },

    async setDevice(id: SessionId, deviceId: DeviceId): Promise<void> {
      await prisma.session.updateMany({
        where: { id: idToBytes(id) },
        data: { deviceId: idToBytes(deviceId) },
      });
    },

    /** @returns false when the session is tied to another device. */
    async keepDevice(id: SessionId, device: DeviceId): Promise<boolean> {
      const deviceId = idToBytes(device);
      const { count } = await prisma.session.updateMany({
        where: { id: idToBytes(id), OR: [{ deviceId: null }, { deviceId }] },
        data: { deviceId },
      });
      return count === 1;
    },

    /** A step-up. @returns false when the secret was replaced meanwhile, or the session revoked. */
    async replaceSecret(id: SessionId, secretHash: Hash, next: Hash, now: number): Promise<boolean> {
      const { count } = await prisma.session.updateMany({
        where: { id: idToBytes(id), secretHash, revokedAt: null },
        data: {
          secretHash: next,
          replacedHash: secretHash,
          steppedUpAt: new Date(now),
          adminSeenAt: new Date(now),
          lastSeenAt: new Date(now),
        },
      });
      return count === 1;
    },

    /** @returns false when it was revoked already. */
    async revoke(id: SessionId, now: number): Promise<boolean> {
      const { count } = await prisma.session.updateMany({
        where: { id: idToBytes(id), revokedAt: null },
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

function toSession(row: Columns): SessionRow {
  return {
    id: toId<SessionId>(row.id),
    secretHash: toBytes(row.secretHash),
    replacedHash: row.replacedHash && toBytes(row.replacedHash),
    accountId: toId<AccountId>(row.accountId),
    deviceId: row.deviceId && toId<DeviceId>(row.deviceId),
    appPasswordId: row.appPasswordId && toId<AppPasswordId>(row.appPasswordId),
    role: row.role,
    email: row.email,
    address: row.address,
    agent: row.agent,
    suspicion: row.suspicion,
    createdAt: row.createdAt.getTime(),
    lastSeenAt: row.lastSeenAt.getTime(),
    authenticatedAt: row.authenticatedAt.getTime(),
    steppedUpAt: row.steppedUpAt?.getTime() ?? null,
    adminSeenAt: row.adminSeenAt?.getTime() ?? null,
    endsAt: row.endsAt.getTime(),
    revokedAt: row.revokedAt?.getTime() ?? null,
  };
}
