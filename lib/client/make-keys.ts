import type { Bytes } from "../base/bytes.ts";
import { type AccountId, type DeviceId, idToBytes, newId } from "../base/ids.ts";
import { issueCertificate } from "../crypto/certificate.ts";
import { wrapDeviceSeed } from "../crypto/device-key.ts";
import { newSecretKey, type RecoverySecret, type SigningSeed, type VaultKey } from "../crypto/keys.ts";
import { formatRecoveryCode, recoverySeed } from "../crypto/recovery.ts";
import { type BoxKey, boxKeyFromSeed, newBoxKey, sealBox } from "../crypto/sealed-box.ts";
import { importSigningKey, type SigningKey } from "../crypto/signature.ts";
import { sealVaultEntry } from "../crypto/vault.ts";
import type { BoxPurpose } from "../protocol/layout/box.ts";
import { ROOT_ENTRY } from "../protocol/layout/vault-entry.ts";
import type { LocalDevice } from "./platform.ts";
import { encodeVaultRoot } from "./vault-root.ts";

const FIRST = 1;

/** A browser as a device: what stays here, and what the server gets. */
export interface NewDevice {
  readonly local: LocalDevice;
  readonly published: { id: DeviceId; name: string; certificate: Bytes; box: Bytes };
}

/** A fresh device key for an opened vault, or the one that the browser was linked by. */
export async function makeDevice(
  account: AccountId,
  name: string,
  vault: { key: VaultKey; keyVersion: number },
  signingKey: SigningKey,
  now: number,
  linked?: BoxKey,
): Promise<NewDevice> {
  const device = newId<DeviceId>(now);
  const boxKey = linked ?? (await newBoxKey());
  const certificate = await issueCertificate(signingKey, {
    account,
    keyType: "device",
    epoch: FIRST,
    publicKey: boxKey.publicKey,
    notBefore: now,
  });
  const box = await sealVaultKey(account, vault, boxKey.publicKey, "vault-key-to-device");
  const wrapped = await wrapDeviceSeed(account, device, boxKey.seed);
  return {
    local: { account, device, ...wrapped },
    published: { id: device, name, certificate, box },
  };
}

/**
 * Every key of a new account (docs/protocol.md §2), made here and now; nothing has left this device yet.
 * @param formerIdentities of an account that is reset: its identity keys so far, oldest first
 */
export async function makeFirstKeys(
  account: AccountId,
  deviceName: string,
  now: number,
  formerIdentities: readonly Bytes[] = [],
) {
  const identitySeed = newSecretKey<SigningSeed>();
  const signingSeed = newSecretKey<SigningSeed>();
  const recoverySecret = newSecretKey<RecoverySecret>();
  const vault = { key: newSecretKey<VaultKey>(), keyVersion: FIRST };
  const [identity, signing, transport, recovery] = await Promise.all([
    importSigningKey(identitySeed),
    importSigningKey(signingSeed),
    newBoxKey(),
    recoverySeed(recoverySecret).then(boxKeyFromSeed),
  ]);
  const common = { account, epoch: FIRST, notBefore: now };
  const [signingCertificate, recoveryCertificate, transportCertificate, device] = await Promise.all([
    issueCertificate(identity, { ...common, keyType: "signing", publicKey: signing.publicKey }),
    issueCertificate(identity, { ...common, keyType: "recovery", publicKey: recovery.publicKey }),
    issueCertificate(signing, { ...common, keyType: "transport", publicKey: transport.publicKey }),
    makeDevice(account, deviceName, vault, signing, now),
  ]);
  const root = encodeVaultRoot({
    identitySeed,
    signing: [{ epoch: FIRST, seed: signingSeed, certificate: signingCertificate }],
    transport: [{ epoch: FIRST, seed: transport.seed }],
    formerIdentities,
  });
  const place = { account, entry: ROOT_ENTRY, keyVersion: FIRST };
  return {
    recoveryCode: await formatRecoveryCode(recoverySecret),
    local: device.local,
    published: {
      identityKey: identity.publicKey,
      signingCertificate,
      transportCertificate,
      recoveryCertificate,
      recoveryBox: await sealVaultKey(account, vault, recovery.publicKey, "vault-key-to-recovery"),
      device: device.published,
      rootEntry: await sealVaultEntry(vault.key, place, FIRST, root),
    },
  };
}

function sealVaultKey(
  account: AccountId,
  { key, keyVersion }: { key: VaultKey; keyVersion: number },
  recipient: Bytes,
  purpose: BoxPurpose,
): Promise<Bytes> {
  return sealBox(recipient, { purpose, account, object: idToBytes(account), epoch: keyVersion }, key);
}
