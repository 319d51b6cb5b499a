import type { Bytes } from "../base/bytes.ts";
import { type AccountId, type DeviceId, newId } from "../base/ids.ts";
import { issueCertificate } from "../crypto/certificate.ts";
import { wrapDeviceSeed } from "../crypto/device-key.ts";
import { keyId } from "../crypto/key-id.ts";
import type { VaultKey } from "../crypto/keys.ts";
import { type BoxKey, newBoxKey } from "../crypto/sealed-box.ts";
import type { SigningKey } from "../crypto/signature.ts";
import { sealVaultKey } from "../crypto/vault-key-box.ts";
import type { DeviceKey, LocalDevice } from "./platform.ts";
import type { KnownDevice } from "./vault-root.ts";

/** A vault key and its version. */
export interface KeyedVault {
  readonly key: VaultKey;
  readonly keyVersion: number;
}

/** A device key: what stays in the browser, what the vault's root knows of it, and what the server gets. */
export interface NewDeviceKey {
  readonly local: DeviceKey;
  readonly keyId: Bytes;
  readonly certificate: Bytes;
  /** The vault key, sealed to it. */
  readonly box: Bytes;
}

/** A browser as a device: what stays there, what the vault's root knows of it, and what the server gets. */
export interface NewDevice {
  readonly local: LocalDevice;
  readonly known: KnownDevice;
  readonly published: { id: DeviceId; name: string; certificate: Bytes; box: Bytes };
}

/** @param linked the key that the browser was linked by, where it was */
export async function makeDeviceKey(
  { account, device }: { account: AccountId; device: DeviceId },
  vault: KeyedVault,
  signingKey: SigningKey,
  now: number,
  linked?: BoxKey,
): Promise<NewDeviceKey> {
  const { seed, publicKey } = linked ?? (await newBoxKey());
  const epoch = vault.keyVersion;
  const body = { account, keyType: "device", epoch, publicKey, notBefore: now } as const;
  const wrapped = await wrapDeviceSeed(account, device, seed);
  return {
    local: { ...wrapped, vaultKeyVersion: vault.keyVersion },
    keyId: await keyId(publicKey),
    certificate: await issueCertificate(signingKey, body),
    box: await sealVaultKey(publicKey, { account, keyVersion: vault.keyVersion }, vault.key),
  };
}

/** A fresh device key for an opened vault, or the one that the browser was linked by. */
export async function makeDevice(
  account: AccountId,
  name: string,
  vault: KeyedVault & { readonly identityKey: Bytes },
  signingKey: SigningKey,
  now: number,
  linked?: BoxKey,
): Promise<NewDevice> {
  const device = newId<DeviceId>(now);
  const place = { account, device };
  const { local, keyId, certificate, box } = await makeDeviceKey(place, vault, signingKey, now, linked);
  return {
    local: { account, device, identityKey: vault.identityKey, ...local },
    known: { id: device, keyIds: [keyId] },
    published: { id: device, name, certificate, box },
  };
}
