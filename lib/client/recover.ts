import type { AccountId } from "../base/ids.ts";
import { CryptoError } from "../crypto/errors.ts";
import { parseRecoveryCode, recoveryBoxKey } from "../crypto/recovery.ts";
import { AppError } from "../protocol/errors.ts";
import type { Api } from "./api.ts";
import { becomeDevice } from "./become-device.ts";
import type { Platform } from "./platform.ts";
import { fetchVault, openVault, openVaultKey } from "./vault.ts";

/**
 * Opens the vault with the recovery code and makes this browser a device of the account.
 * @throws AppError "bad-code" when the code is mistyped or not this account's, "vault-refused" when somebody without
 * the code sealed the vault's key, or when the vault is not the one this browser has seen
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
  const key = await recoveryBoxKey(secret);
  try {
    const vaultKey = await openVaultKey(answer, account, key);
    if (!vaultKey) throw new AppError("bad-code", "another account's code");
    const vault = await openVault(api, platform.storage, account, vaultKey, answer, seen);
    await becomeDevice(api, platform, vault);
  } catch (error) {
    if (error instanceof CryptoError) throw new AppError("vault-refused", error.message);
    throw error;
  }
}
