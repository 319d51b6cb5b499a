import { equalBytes } from "../base/bytes.ts";
import type { AccountId } from "../base/ids.ts";
import { unwrapDeviceSeed } from "../crypto/device-key.ts";
import { CryptoError } from "../crypto/errors.ts";
import type { VaultKey } from "../crypto/keys.ts";
import { boxKeyFromSeed } from "../crypto/sealed-box.ts";
import type { Api } from "./api.ts";
import type { DeviceKey, LocalDevice, Platform, Storage } from "./platform.ts";
import { fetchVault, openVault, openVaultKey, type Vault, type VaultAnswer } from "./vault.ts";

/**
 * Opens the vault with this browser's device key.
 * @returns null when this browser holds no key that opens it: the recovery code is needed
 * @throws CryptoError "wrong-certificate" for a vault of another identity, and as `openVault`; AppError as the API does
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
  const open = (answer: VaultAnswer) => openWithDevice(storage, account, answer);
  try {
    const vaultKey = await open(answer);
    if (!vaultKey) return null;
    return { vault: await openVault(api, storage, account, vaultKey, answer, seen, open), device };
  } catch (error) {
    // Half-evicted storage: the key is there but does not open. The recovery code heals that; a rollback it must not hide.
    if (error instanceof CryptoError && error.code === "open-failed") return null;
    throw error;
  }
}

/**
 * By this browser's key, or by the one that was on its way: then the server has accepted it, and they change places.
 * Maintenance drops the other one, once everything has opened.
 */
async function openWithDevice(
  storage: Storage,
  account: AccountId,
  answer: VaultAnswer,
): Promise<VaultKey | null> {
  const local = await storage.findDevice(account);
  if (!local) return null;
  const { device, identityKey, pending, wrapKey, wrapped, vaultKeyVersion } = local;
  const openBy = async (key: DeviceKey) => {
    const boxKey = await boxKeyFromSeed(await unwrapDeviceSeed(account, device, key));
    const vaultKey = await openVaultKey(answer, account, boxKey);
    // A box says nothing of who sealed it. After a reset there is none for this key.
    if (vaultKey && !equalBytes(identityKey, answer.identityKey))
      throw new CryptoError("wrong-certificate", "another identity's vault");
    return vaultKey;
  };
  const opened = await openBy(local);
  if (opened || !pending) return opened;
  const openedByPending = await openBy(pending);
  if (openedByPending) {
    const replaced = { wrapKey, wrapped, vaultKeyVersion };
    await storage.saveDevice({ account, device, identityKey, ...pending, pending: replaced });
  }
  return openedByPending;
}
