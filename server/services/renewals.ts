import type { Bytes } from "../../lib/base/bytes.ts";
import { type AccountId, type DeviceId, type Id, newId, type RenewalId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { KEY_TYPE, parseCertificate } from "../../lib/protocol/layout/certificate.ts";
import type { Database } from "../database/database.ts";
import type { CertificateRow, DeviceRow, VaultKeyBoxRow } from "../database/keys.ts";
import type { StagedEntry } from "../database/renewals.ts";
import type { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import { certificateRow, requireCertificate, requireEntryHeader, vaultKeyBox } from "./key-checks.ts";
import type { KeyService } from "./keys.ts";
import type { Publish } from "./publish.ts";
import type { Session } from "./sessions.ts";

/** What is not committed by then was given up. */
const STAGED_MS = 24 * 60 * 60_000;
const STAGED_PAGE = 500;

/** All that a renewal replaces, in one request. */
export interface RenewedKeys {
  signingCertificate: Bytes;
  transportCertificate: Bytes;
  /** Of the browser that renews: its new key, and the vault key sealed to that. */
  certificate: Bytes;
  box: Bytes;
  /** The vault key, sealed to the keys of the account's other devices. */
  devices: readonly { id: DeviceId; box: Bytes }[];
  /** Devices that are not to have the new vault key. */
  without: readonly DeviceId[];
  recoveryBox: Bytes;
}

export interface RenewalDeps {
  database: Pick<Database, "keys" | "renewals">;
  keys: Pick<KeyService, "requireIdentity">;
  journal: Journal;
  publish: Publish;
  clock: () => number;
}

/**
 * New signing, transport, vault and device keys (docs/protocol.md §7.1). The new vault is staged beside the old one
 * and takes its place in one commit; whoever dies before that has changed nothing.
 */
export function createRenewalService({ database, keys: service, journal, publish, clock }: RenewalDeps) {
  const { keys, renewals } = database;

  async function requireRenewal({ accountId }: Session, renewal: RenewalId): Promise<number> {
    const version = await renewals.find(accountId, renewal);
    if (version === null) throw new AppError("conflict", "no such renewal any more");
    return version;
  }

  async function newestEpoch(account: AccountId, keyType: "signing" | "transport"): Promise<number> {
    return (await keys.certificates(account, KEY_TYPE.encode(keyType))).at(-1)?.epoch ?? 0;
  }

  /** A box for each device that stays; the device list is exactly what the client has seen. */
  async function deviceBoxes(
    devices: readonly DeviceRow[],
    { devices: sealed, without }: RenewedKeys,
    own: DeviceId,
    version: number,
  ): Promise<VaultKeyBoxRow[]> {
    const boxes = new Map(sealed.map(({ id, box }) => [id, box]));
    const left = new Set(without);
    const rows: VaultKeyBoxRow[] = [];
    for (const { id, certificate } of devices) {
      const box = boxes.get(id);
      if (id === own || left.delete(id)) continue;
      if (!box || !boxes.delete(id)) throw new AppError("conflict", "a device without a box");
      const sealed = await findBox(box, certificate, version);
      if (!sealed) throw new AppError("conflict", "a device's key was replaced");
      rows.push(sealed);
    }
    if (boxes.size > 0 || left.size > 0) throw new AppError("conflict", "a device that is gone");
    return rows;
  }

  /** The person may be between two recovery codes: the box tells which one the vault knows. */
  async function recoveryBox(account: AccountId, box: Bytes, version: number) {
    for (const row of await keys.certificates(account, KEY_TYPE.encode("recovery"))) {
      const sealed = await findBox(box, row.bytes, version);
      if (sealed) return { row: row satisfies CertificateRow, box: sealed };
    }
    throw new AppError("conflict", "the recovery code was replaced");
  }

  return {
    /** @returns what the boxes of the new vault are made for. */
    async start({ accountId }: Session) {
      const { vaultKeyVersion } = await service.requireIdentity(accountId);
      const renewal = newId<RenewalId>(clock());
      await renewals.start(accountId, renewal, vaultKeyVersion, clock());
      const devices = await keys.devices(accountId);
      return {
        renewal,
        vaultKeyVersion,
        devices: devices.map(({ id, certificate }) => ({ id, certificate })),
      };
    },

    /** @throws AppError "conflict" when the renewal is over or given up */
    async stage(session: Session, renewal: RenewalId, entries: readonly StagedEntry[]): Promise<void> {
      const version = await requireRenewal(session, renewal);
      for (const entry of entries) requireEntryHeader({ ...entry, vaultKeyVersion: version + 1 });
      if (!(await renewals.stage(renewal, entries)))
        throw new AppError("conflict", "no such renewal any more");
    },

    /** What was staged, for reading it back. */
    async staged(session: Session, renewal: RenewalId, after?: Id) {
      await requireRenewal(session, renewal);
      const entries = await renewals.staged(renewal, after, STAGED_PAGE + 1);
      return { entries: entries.slice(0, STAGED_PAGE), more: entries.length > STAGED_PAGE };
    },

    /**
     * @throws AppError "bad-request" for keys that do not fit together; "conflict" when what they were made from
     * has changed: another renewal, an entry, a device
     */
    async commit(session: Session, renewal: RenewalId, renewed: RenewedKeys, client: Client): Promise<void> {
      const account = session.accountId;
      const vaultKeyVersion = await requireRenewal(session, renewal);
      const version = vaultKeyVersion + 1;
      const { identityKey } = await service.requireIdentity(account);
      const devices = await keys.devices(account);
      const own = devices.find(({ id }) => id === session.deviceId);
      if (!own) throw new AppError("conflict", "not a device of the account");
      const signing = await requireCertificate(renewed.signingCertificate, identityKey, {
        account,
        keyType: "signing",
      });
      const issuer = signing.publicKey;
      const transport = await requireCertificate(renewed.transportCertificate, issuer, {
        account,
        keyType: "transport",
      });
      const device = await requireCertificate(renewed.certificate, issuer, { account, keyType: "device" });
      for (const { keyType, epoch } of [signing, transport]) {
        if (epoch <= (await newestEpoch(account, keyType as "signing" | "transport")))
          throw new AppError("conflict", `${keyType} epoch ${epoch}`);
      }
      const recovery = await recoveryBox(account, renewed.recoveryBox, version);
      const committed = await renewals.commit(
        {
          account,
          renewal,
          vaultKeyVersion,
          devices,
          renewed: { id: own.id, certificate: renewed.certificate },
          removed: renewed.without,
          certificates: [
            certificateRow(signing, renewed.signingCertificate),
            certificateRow(transport, renewed.transportCertificate),
          ],
          recovery: recovery.row,
          boxes: [
            await vaultKeyBox(renewed.box, device, version),
            ...(await deviceBoxes(devices, renewed, own.id, version)),
            recovery.box,
          ],
        },
        clock(),
      );
      if (!committed) throw new AppError("conflict", "the vault has changed");
      await journal.record("keys-renewed", "ok", client, account);
      publish({ type: "vault", account });
    },

    deleteAbandoned: () => renewals.deleteOlderThan(clock() - STAGED_MS),
  };
}

/** Null when the box is for another key than that of the certificate. */
function findBox(box: Bytes, certificate: Bytes, version: number): Promise<VaultKeyBoxRow | null> {
  return vaultKeyBox(box, parseCertificate(certificate), version).catch(() => null);
}
