import type { DeviceId, SessionId } from "../../lib/base/ids.ts";
import { keyId } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { parseCertificate } from "../../lib/protocol/layout/certificate.ts";
import type { Database } from "../database/database.ts";
import type { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import { parseSuspicions } from "./own-journal.ts";
import type { Session, SessionService } from "./sessions.ts";

/** Where a person is signed in, and which browsers hold their keys: both can be seen, and ended. */
export function createBrowsers(
  { devices, keys, appPasswords }: Pick<Database, "devices" | "keys" | "appPasswords">,
  sessions: SessionService,
  journal: Journal,
) {
  return {
    /** Most recently used first. */
    async sessions({ id, accountId }: Session) {
      const [rows, programs] = await Promise.all([
        sessions.ofAccount(accountId),
        appPasswords.ofAccount(accountId),
      ]);
      rows.sort((a, b) => b.lastSeenAt - a.lastSeenAt);
      return {
        sessions: rows.map((row) => ({
          id: row.id,
          device: row.deviceId,
          address: row.address,
          agent: row.agent,
          createdAt: row.createdAt,
          lastSeenAt: row.lastSeenAt,
          suspicions: parseSuspicions(row.suspicion),
          appPassword: programs.find((one) => one.id === row.appPasswordId)?.name ?? null,
          current: row.id === id,
        })),
      };
    },

    /** @throws AppError "not-found": unknown, over, or another account's. */
    async endSession(
      { accountId }: Pick<Session, "accountId">,
      id: SessionId,
      client: Client,
      detail = "",
    ): Promise<void> {
      const own = await sessions.ofAccount(accountId);
      if (!own.some((row) => row.id === id) || !(await sessions.revoke(id))) throw new AppError("not-found");
      await journal.record("session-revoked", "ok", client, accountId, detail);
    },

    async endOthers({ id, accountId }: Session, client: Client): Promise<void> {
      const others = (await sessions.ofAccount(accountId)).filter((row) => row.id !== id);
      const ended = await Promise.all(others.map((row) => sessions.revoke(row.id)));
      const count = ended.filter(Boolean).length;
      if (count > 0) await journal.record("sessions-revoked", "ok", client, accountId, String(count));
    },

    async devices({ accountId, deviceId }: Session) {
      const [found, living] = await Promise.all([
        devices.ofAccount(accountId),
        sessions.ofAccount(accountId),
      ]);
      const live = new Set(living.map((row) => row.deviceId));
      return {
        devices: found.map((device) => ({
          ...device,
          current: device.id === deviceId,
          live: live.has(device.id),
        })),
      };
    },

    /** @throws AppError "not-found" */
    async renameDevice({ accountId }: Session, id: DeviceId, name: string, client: Client): Promise<void> {
      if (!(await devices.rename(accountId, id, name))) throw new AppError("not-found", "no such device");
      await journal.record("device-renamed", "ok", client, accountId);
    },

    /**
     * Signs the device out at once and takes its keys' way into the vault. What it has read it may keep: its
     * owner's next browser makes a new vault key.
     * @param detail for the journal: whose doing it was, where it was somebody else's
     * @throws AppError "not-found", "conflict" for the device that asks: that one is signed out, and forgets by itself.
     */
    async removeDevice(
      { accountId, deviceId }: Pick<Session, "accountId" | "deviceId">,
      id: DeviceId,
      client: Client,
      detail = "",
    ): Promise<void> {
      if (id === deviceId) throw new AppError("conflict", "the device that asks");
      const device = await keys.findDevice(accountId, id);
      if (!device) throw new AppError("not-found", "no such device");
      const signOut = async () => {
        const own = (await sessions.ofAccount(accountId)).filter((row) => row.deviceId === id);
        await Promise.all(own.map((row) => sessions.revoke(row.id)));
      };
      const recipient = await keyId(parseCertificate(device.certificate).publicKey);
      // Before the row, so that a removal that breaks off can be repeated; and after it, when none can be tied to it any more.
      await signOut();
      if (!(await devices.remove(accountId, id, recipient)))
        throw new AppError("not-found", "removed already");
      await signOut();
      await journal.record("device-removed", "ok", client, accountId, detail);
    },
  };
}

export type Browsers = ReturnType<typeof createBrowsers>;
