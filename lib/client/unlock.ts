import type { AccountId } from "../base/ids.ts";
import { unwrapDeviceSeed } from "../crypto/device-key.ts";
import { CryptoError } from "../crypto/errors.ts";
import { boxKeyFromSeed } from "../crypto/sealed-box.ts";
import type { Api } from "./api.ts";
import type { LocalDevice, Platform } from "./platform.ts";
import { fetchVault, openVault, openVaultKey, type Vault } from "./vault.ts";

/**
 * Opens the vault with this browser's device key.
 * @returns null when this browser holds no key that opens it: the recovery code is needed
 */
export async function unlockWithDevice(
  api: Api,
  platform: Platform,
  account: AccountId,
): Promise<{ vault: Vault; device: LocalDevice } | null> {
  const { storage } = platform;
  const device = await storage.findDevice(account);
  if (!device) return null;
  const seen = await storage.seenCounters(account);
  const answer = await fetchVault(api);
  try {
    const key = await boxKeyFromSeed(await unwrapDeviceSeed(account, device.device, device));
    const vaultKey = await openVaultKey(answer, account, key, "vault-key-to-device");
    if (!vaultKey) return null;
    return { vault: await openVault(api, storage, account, vaultKey, answer, seen), device };
  } catch (error) {
    // Half-evicted storage: the key is there but does not open. The recovery code heals that; a rollback it must not hide.
    if (error instanceof CryptoError && error.code === "open-failed") return null;
    throw error;
  }
}
