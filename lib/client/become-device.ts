import type { BoxKey } from "../crypto/sealed-box.ts";
import type { Api } from "./api.ts";
import { makeDevice } from "./make-device.ts";
import { currentSigningKey } from "./own-keys.ts";
import type { Platform } from "./platform.ts";
import type { Vault } from "./vault.ts";

/**
 * Makes this browser a device of the account whose vault it has just opened.
 * @param key its device key, where it has one already
 */
export async function becomeDevice(api: Api, platform: Platform, vault: Vault, key?: BoxKey): Promise<void> {
  const { local, known, published } = await makeDevice(
    vault.account,
    platform.deviceName,
    vault,
    await currentSigningKey(vault.root()),
    platform.now(),
    key,
  );
  // Kept first: a device that the server knows and this browser lost would only be a dead entry in a list.
  await platform.storage.saveDevice(local);
  await platform.storage.persist();
  // Into the vault before the server: a renewal elsewhere seals the next vault key to nobody else.
  await vault.updateRoot((root) => ({ ...root, devices: [...root.devices, known] }));
  await api.send("POST", "/api/devices", { device: published });
}
