import type { Bytes } from "../base/bytes.ts";
import type { DeviceId } from "../base/ids.ts";
import { unwrapDeviceSeed } from "../crypto/device-key.ts";
import { keyId } from "../crypto/key-id.ts";
import { boxKeyFromSeed } from "../crypto/sealed-box.ts";
import { makeDeviceKey } from "./make-device.ts";
import { currentSigningKey } from "./own-keys.ts";
import type { RenewalParts } from "./renewal.ts";
import type { KnownDevice } from "./vault-root.ts";

/**
 * After a renewal, here or elsewhere: this browser's device key becomes a new one, the vault's root knows it and no
 * other, and what was kept in case of an interruption goes. To be run where nothing of the kind runs beside it.
 */
export async function settleDeviceKey(parts: RenewalParts): Promise<void> {
  const { platform, vault } = parts;
  const { account } = vault;
  const local = await platform.storage.findDevice(account);
  if (!local) return;
  if (local.vaultKeyVersion < vault.keyVersion) await replaceDeviceKey(parts);
  const settled = await platform.storage.findDevice(account);
  if (!settled || settled.vaultKeyVersion < vault.keyVersion) return;
  const { pending: _, ...kept } = settled;
  const { publicKey } = await boxKeyFromSeed(await unwrapDeviceSeed(account, kept.device, kept));
  const name = await keyId(publicKey);
  await know(parts, kept.device, () => [name]);
  await platform.storage.saveDevice(kept);
}

async function replaceDeviceKey(parts: RenewalParts): Promise<void> {
  const { api, platform, vault } = parts;
  const { account } = vault;
  const before = await platform.storage.findDevice(account);
  if (!before) return;
  const { device } = before;
  const signingKey = await currentSigningKey(vault.root());
  const next = await makeDeviceKey({ account, device }, vault, signingKey, platform.now());
  await platform.storage.saveDevice({ ...before, pending: next.local });
  // Both, until the server is known to have the new one: a renewal elsewhere meets either.
  await know(parts, device, (names) => [...names, next.keyId]);
  const { certificate, box } = next;
  await api.send("PUT", "/api/devices/current/key", { certificate, box });
  await platform.storage.saveDevice({ account, device, identityKey: before.identityKey, ...next.local });
}

/** Writes down the names of a device's keys. */
async function know(
  { vault }: RenewalParts,
  id: DeviceId,
  change: (names: readonly Bytes[]) => readonly Bytes[],
): Promise<void> {
  await vault.updateRoot((root) => {
    const names = root.devices.find((device) => device.id === id)?.keyIds ?? [];
    const known: KnownDevice = { id, keyIds: change(names) };
    return { ...root, devices: [...root.devices.filter((device) => device.id !== id), known] };
  });
}
