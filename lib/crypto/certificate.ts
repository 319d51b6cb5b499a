import type { Bytes } from "../base/bytes.ts";
import type { AccountId } from "../base/ids.ts";
import {
  type Certificate,
  type CertificateBody,
  encodeCertificate,
  encodeCertificateBody,
  type KeyType,
  parseCertificate,
} from "../protocol/layout/certificate.ts";
import { CryptoError, parseWith } from "./errors.ts";
import { type SigningKey, sign, verifySignature } from "./signature.ts";
import { sha256 } from "./webcrypto.ts";

/** IK issues `signing` and `recovery`, SK issues `transport` and `device` (docs/protocol.md §2). */
export async function issueCertificate(issuer: SigningKey, body: CertificateBody): Promise<Bytes> {
  const signed = encodeCertificateBody(body);
  return encodeCertificate(signed, await sign(issuer, signed));
}

/**
 * @param issuerPublicKey the pinned IK for `signing` and `recovery`, a verified SK for the others
 * @throws CryptoError `malformed`, `wrong-certificate`, `bad-signature`
 */
export async function verifyCertificate(
  bytes: Uint8Array,
  issuerPublicKey: Bytes,
  expected: { readonly account: AccountId; readonly keyType: KeyType },
): Promise<Certificate> {
  const certificate = parseWith(parseCertificate, bytes);
  if (certificate.account !== expected.account || certificate.keyType !== expected.keyType) {
    throw new CryptoError(
      "wrong-certificate",
      `a ${certificate.keyType} certificate of ${certificate.account}`,
    );
  }
  if (!(await verifySignature(issuerPublicKey, certificate.signed, certificate.signature))) {
    throw new CryptoError("bad-signature", `${certificate.keyType} certificate of ${certificate.account}`);
  }
  return certificate;
}

/** SHA-256 of the whole certificate, signature included: how records name a member's signing key. */
export function certificateHash(bytes: Uint8Array): Promise<Bytes> {
  return sha256(bytes);
}
