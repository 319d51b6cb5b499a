import { type Bytes, equalBytes } from "../../lib/base/bytes.ts";
import type { AccountId } from "../../lib/base/ids.ts";
import { keyId, verifyCertificate } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { type BoxPurpose, parseBox } from "../../lib/protocol/layout/box.ts";
import { type Certificate, KEY_TYPE, type KeyType } from "../../lib/protocol/layout/certificate.ts";
import { parseVaultEntry } from "../../lib/protocol/layout/vault-entry.ts";
import type { CertificateRow, VaultEntryRow } from "../database/keys.ts";

/**
 * What the server can check of keys it cannot use, so that a broken client is told at once and nobody can publish
 * keys for another; what clients rely on is their own verification, not this.
 */

export async function requireCertificate(
  bytes: Bytes,
  issuer: Bytes,
  expected: { account: AccountId; keyType: KeyType },
): Promise<Certificate> {
  try {
    return await verifyCertificate(bytes, issuer, expected);
  } catch (error) {
    throw new AppError("bad-request", `${expected.keyType} certificate: ${(error as Error).message}`);
  }
}

/** The clear head of an entry says what the request says, so that the counter which is checked is the one that is sealed. */
export function requireEntryHeader({ counter, vaultKeyVersion, ciphertext }: VaultEntryRow): void {
  try {
    const { header } = parseVaultEntry(ciphertext);
    if (counter >= 1 && header.counter === counter && header.keyVersion === vaultKeyVersion) return;
  } catch {
    // Answered below.
  }
  throw new AppError("bad-request", "vault entry header");
}

export function certificateRow({ keyType, epoch }: Certificate, bytes: Bytes): CertificateRow {
  return { keyType: KEY_TYPE.encode(keyType), epoch, bytes };
}

/** The box must name the key it says it is for; whether it opens only its owner can tell. */
export async function vaultKeyBox(box: Bytes, recipient: Certificate, vaultKeyVersion: number) {
  const recipientKeyId = await keyId(recipient.publicKey);
  const purpose = recipient.keyType === "recovery" ? "vault-key-to-recovery" : "vault-key-to-device";
  if (isBoxFor(box, recipientKeyId, purpose)) return { vaultKeyVersion, recipientKeyId, box };
  throw new AppError("bad-request", `not a box for the ${recipient.keyType} key`);
}

export function isBoxFor(box: Bytes, recipientKeyId: Bytes, purpose: BoxPurpose): boolean {
  try {
    const parsed = parseBox(box);
    return parsed.purpose === purpose && equalBytes(recipientKeyId, parsed.recipientKeyId);
  } catch {
    return false;
  }
}
