import { equalBytes } from "../base/bytes.ts";
import { issueCertificate } from "../crypto/certificate.ts";
import { CryptoError } from "../crypto/errors.ts";
import { newSecretKey, type RecoverySecret } from "../crypto/keys.ts";
import {
  formatRecoveryCode,
  parseRecoveryCode,
  type RecoveryBoxKey,
  recoveryBoxKey,
} from "../crypto/recovery.ts";
import { importSigningKey } from "../crypto/signature.ts";
import { sealVaultKey } from "../crypto/vault-key-box.ts";
import type { RenewalParts } from "./renewal.ts";
import { untilNoConflict } from "./until-no-conflict.ts";
import { fetchVault, openVaultKey } from "./vault.ts";

/** An epoch may be taken by an attempt that was interrupted, the vault key renewed meanwhile. */
const TRIES = 6;

/**
 * A new recovery code. It opens nothing until `commit`, and the one before opens the vault until the end of that.
 * `commit` rejects with AppError, CryptoError.
 */
export async function prepareRecoveryCode(
  parts: RenewalParts,
): Promise<{ recoveryCode: string; commit(): Promise<void> }> {
  const recoveryCode = await formatRecoveryCode(newSecretKey<RecoverySecret>());
  return { recoveryCode, commit: () => replaceRecoveryCode(parts, recoveryCode) };
}

async function replaceRecoveryCode(parts: RenewalParts, code: string): Promise<void> {
  const { api, platform, vault } = parts;
  // From what is on the paper, as somebody will type it one day.
  const secret = await parseRecoveryCode(code);
  if (!secret) throw new CryptoError("malformed", "recovery code");
  const key = await recoveryBoxKey(secret);
  const epoch = await publish(parts, key);
  await readBack(parts, key);
  const { publicKey, psk } = key;
  const madeAt = platform.now();
  // Into the vault before the old one ends: a renewal seals to the key that the vault names.
  await vault.updateRoot((root) => ({ ...root, recovery: { epoch, publicKey, psk, madeAt } }));
  await api.send("PUT", "/api/keys/recovery", { epoch });
}

/** Beside the one there is. @returns its epoch */
function publish(
  { api, platform, vault }: RenewalParts,
  { publicKey, psk }: RecoveryBoxKey,
): Promise<number> {
  const { account } = vault;
  const publishOnce = async (attempt: number) => {
    const { identitySeed, recovery } = vault.root();
    const epoch = recovery.epoch + attempt;
    const certificate = await issueCertificate(await importSigningKey(identitySeed), {
      account,
      keyType: "recovery",
      epoch,
      publicKey,
      notBefore: platform.now(),
    });
    const box = await sealVaultKey(publicKey, { account, keyVersion: vault.keyVersion, psk }, vault.key);
    await api.send("POST", "/api/keys/recovery", { certificate, box });
    return epoch;
  };
  return untilNoConflict(TRIES, publishOnce, vault.refresh);
}

/** The server gives the box back, and it opens with the code. @throws CryptoError */
async function readBack({ api, vault }: RenewalParts, key: RecoveryBoxKey): Promise<void> {
  const opened = await openVaultKey(await fetchVault(api), vault.account, key);
  if (!opened || !equalBytes(opened, vault.key))
    throw new CryptoError("open-failed", "the new recovery code reads back otherwise");
}
