import type { AccountId } from "../base/ids.ts";
import { unwrapDeviceSeed } from "../crypto/device-key.ts";
import { CryptoError } from "../crypto/errors.ts";
import { parseRecoveryCode, recoverySeed } from "../crypto/recovery.ts";
import { boxKeyFromSeed } from "../crypto/sealed-box.ts";
import { importSigningKey } from "../crypto/signature.ts";
import { AppError } from "../protocol/errors.ts";
import type { Api } from "./api.ts";
import { makeDevice } from "./make-keys.ts";
import type { LocalDevice, Platform } from "./platform.ts";
import { fetchVault, openVault, openVaultKey, type Vault } from "./vault.ts";
import type { VaultRoot } from "./vault-root.ts";

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

/**
 * Opens the vault with the recovery code and makes this browser a device of the account.
 * @throws AppError "bad-code" when the code is mistyped or not this account's, "vault-refused" when the vault
 * is not the one this browser has seen
 */
export async function unlockWithRecoveryCode(
  api: Api,
  platform: Platform,
  account: AccountId,
  code: string,
): Promise<void> {
  const secret = await parseRecoveryCode(code);
  if (!secret) throw new AppError("bad-code", "mistyped");
  const seen = await platform.storage.seenCounters(account);
  const answer = await fetchVault(api);
  const key = await boxKeyFromSeed(await recoverySeed(secret));
  const vaultKey = await openVaultKey(answer, account, key, "vault-key-to-recovery");
  if (!vaultKey) throw new AppError("bad-code", "another account's code");
  const vault = await openVault(api, platform.storage, account, vaultKey, answer, seen).catch(
    (error: unknown) => {
      if (error instanceof CryptoError) throw new AppError("vault-refused", error.message);
      throw error;
    },
  );
  const { local, published } = await makeDevice(
    account,
    platform.deviceName,
    vault,
    await currentSigningKey(vault.root()),
    platform.now(),
  );
  // Kept first: a device that the server knows and this browser lost would only be a dead entry in a list.
  await platform.storage.saveDevice(local);
  await platform.storage.persist();
  await api.send("POST", "/api/devices", { device: published });
}

export function currentSigningKey(root: VaultRoot) {
  const newest = root.signing.at(-1);
  if (!newest) throw new CryptoError("malformed", "no signing key");
  return importSigningKey(newest.seed);
}
