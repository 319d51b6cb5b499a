import { LayoutError } from "../base/fields.ts";
import { UnsupportedVersionError } from "../protocol/layout/suite.ts";

/**
 * Everything that cryptography can refuse. The codes are shown to people (translated) and acted upon, so
 * they say what is wrong, never anything about a key.
 */
export const CRYPTO_ERROR_CODES = [
  /** Not the layout it claims to be. */
  "malformed",
  /** Made by a later version. */
  "unsupported-version",
  /** The signature does not verify under the key it must verify under. */
  "bad-signature",
  /** A valid certificate, but of another account, type or issuer than needed. */
  "wrong-certificate",
  /** Does not decrypt: altered, moved from elsewhere, or sealed under another key. */
  "open-failed",
  /** The key opens but is not the one the signed record commits to. */
  "wrong-commitment",
  /** Does not continue the chain of records that is known. */
  "wrong-chain",
  /** The rules of the conversation do not allow its author to do this. */
  "not-allowed",
  /** A member, but no verified signing certificate of theirs is at hand. */
  "unknown-signer",
  /** Refers to a record that is not known. */
  "unknown-record",
  /** The key of this key epoch has not arrived. */
  "waiting-for-key",
  /** Older than what was seen before. */
  "rolled-back",
] as const;

export type CryptoErrorCode = (typeof CRYPTO_ERROR_CODES)[number];

/** "Mine, but broken." What is merely not addressed to the reader is `null` instead. */
export class CryptoError extends Error {
  override readonly name = "CryptoError";
  readonly code: CryptoErrorCode;

  constructor(code: CryptoErrorCode, detail: string = code) {
    super(detail);
    this.code = code;
  }
}

/** Runs a parser of lib/protocol/layout. @throws CryptoError `malformed` or `unsupported-version` */
export function parseWith<T>(parse: (bytes: Uint8Array) => T, bytes: Uint8Array): T {
  try {
    return parse(bytes);
  } catch (error) {
    if (error instanceof UnsupportedVersionError) throw new CryptoError("unsupported-version", error.message);
    if (error instanceof LayoutError) throw new CryptoError("malformed", error.message);
    throw error;
  }
}
