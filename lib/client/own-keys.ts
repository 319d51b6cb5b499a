import { type Bytes, equalBytes } from "../base/bytes.ts";
import type { AccountId } from "../base/ids.ts";
import { certificateHash } from "../crypto/certificate.ts";
import { CryptoError } from "../crypto/errors.ts";
import type { RecordAuthor } from "../crypto/record.ts";
import { importSigningKey, type SigningKey } from "../crypto/signature.ts";
import type { VaultRoot } from "./vault-root.ts";

function newestSigning(root: VaultRoot) {
  const newest = root.signing.at(-1);
  if (!newest?.seed) throw new CryptoError("malformed", "no signing key");
  return { ...newest, seed: newest.seed };
}

export function currentSigningKey(root: VaultRoot): Promise<SigningKey> {
  return importSigningKey(newestSigning(root).seed);
}

/** SHA-256 of one's newest signing certificate: the one that conversations are to list. */
export function currentCertificateHash(root: VaultRoot): Promise<Bytes> {
  return certificateHash(newestSigning(root).certificate);
}

/** Oneself as the author of a record. */
export async function recordAuthor(account: AccountId, root: VaultRoot): Promise<RecordAuthor> {
  return {
    account,
    certificateHash: await currentCertificateHash(root),
    key: await currentSigningKey(root),
  };
}

/** The key of one's own certificate with this hash: a conversation may list an older one until its key changes. */
export async function findOwnSigningKey(root: VaultRoot, hash: Bytes): Promise<SigningKey | null> {
  for (const { seed, certificate } of root.signing.toReversed()) {
    if (seed && equalBytes(await certificateHash(certificate), hash)) return importSigningKey(seed);
  }
  return null;
}
