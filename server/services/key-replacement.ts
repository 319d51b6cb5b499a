import { type Bytes, equalBytes } from "../../lib/base/bytes.ts";
import { keyId } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { KEY_TYPE, parseCertificate } from "../../lib/protocol/layout/certificate.ts";
import type { Database } from "../database/database.ts";
import type { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import { certificateRow, requireCertificate, vaultKeyBox } from "./key-checks.ts";
import type { KeyService } from "./keys.ts";
import type { Session } from "./sessions.ts";

export interface KeyReplacementDeps {
  database: Pick<Database, "keys" | "vaults">;
  keys: Pick<KeyService, "requireIdentity" | "requireSigningKey">;
  journal: Journal;
  clock: () => number;
}

const RECOVERY = KEY_TYPE.encode("recovery");

/** Single keys of an account that give way to newer ones: transport, this device's, the recovery code's. */
export function createKeyReplacement({ database, keys: service, journal, clock }: KeyReplacementDeps) {
  const { keys, vaults } = database;

  return {
    /** @throws AppError "bad-request"; "conflict" when a newer one is published, or the signing key was renewed */
    async replaceTransport({ accountId }: Session, bytes: Bytes): Promise<void> {
      const newest = (await keys.certificates(accountId, KEY_TYPE.encode("transport"))).at(-1);
      // Two browsers of one person publish what both found in the vault.
      if (newest && equalBytes(newest.bytes, bytes)) return;
      const issuer = await service.requireSigningKey(accountId);
      const transport = await requireCertificate(bytes, issuer, { account: accountId, keyType: "transport" });
      const inserted =
        transport.epoch > (newest?.epoch ?? 0) &&
        (await keys.insertCertificate(accountId, certificateRow(transport, bytes), clock()));
      if (!inserted) throw new AppError("conflict", `transport epoch ${transport.epoch}`);
    },

    /** @throws AppError "bad-request"; "conflict" when this is no device, or the vault key was renewed */
    async replaceDeviceKey(session: Session, certificate: Bytes, box: Bytes): Promise<void> {
      const { accountId: account, deviceId } = session;
      const before = deviceId && (await keys.findDevice(account, deviceId));
      if (!before) throw new AppError("conflict", "not a device of the account");
      const { vaultKeyVersion } = await service.requireIdentity(account);
      const issuer = await service.requireSigningKey(account);
      const device = await requireCertificate(certificate, issuer, { account, keyType: "device" });
      const replaced = await vaults.replaceDeviceKey(
        account,
        before.id,
        certificate,
        {
          certificate: before.certificate,
          recipientKeyId: await keyId(parseCertificate(before.certificate).publicKey),
        },
        await vaultKeyBox(box, device, vaultKeyVersion),
      );
      if (!replaced) throw new AppError("conflict", "the device or the vault has changed");
    },

    /**
     * A further recovery key. Nothing ends yet: the client reads back first.
     * @throws AppError "bad-request"; "conflict" when another was faster, or the vault key was renewed
     */
    async addRecovery({ accountId: account }: Session, bytes: Bytes, box: Bytes): Promise<void> {
      const { identityKey, vaultKeyVersion } = await service.requireIdentity(account);
      const recovery = await requireCertificate(bytes, identityKey, { account, keyType: "recovery" });
      const newest = (await keys.certificates(account, RECOVERY)).at(-1);
      const inserted =
        recovery.epoch > (newest?.epoch ?? 0) &&
        (await vaults.insertRecovery(
          account,
          certificateRow(recovery, bytes),
          await vaultKeyBox(box, recovery, vaultKeyVersion),
          clock(),
        ));
      if (!inserted) throw new AppError("conflict", `recovery epoch ${recovery.epoch}`);
    },

    /** Every other recovery key ends. @throws AppError "not-found" when there is none of this epoch */
    async keepRecovery({ accountId: account }: Session, epoch: number, client: Client): Promise<void> {
      const all = await keys.certificates(account, RECOVERY);
      const retired = all.filter((row) => row.epoch !== epoch);
      if (retired.length === all.length) throw new AppError("not-found", "no such recovery key");
      await vaults.deleteRecovery(
        account,
        RECOVERY,
        await Promise.all(
          retired.map(async (row) => ({
            epoch: row.epoch,
            recipientKeyId: await keyId(parseCertificate(row.bytes).publicKey),
          })),
        ),
      );
      await journal.record("recovery-code-replaced", "ok", client, account);
    },
  };
}
