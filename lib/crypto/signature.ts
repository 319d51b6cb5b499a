import type { Bytes } from "../base/bytes.ts";
import { isStrictEd25519 } from "./ed25519-strict.ts";
import type { SigningSeed } from "./keys.ts";
import { ed25519Sign, ed25519Verify, importEd25519Seed } from "./webcrypto.ts";

/** An Ed25519 key ready for use; its private part can no longer be read. */
export interface SigningKey {
  readonly publicKey: Bytes;
  readonly privateKey: CryptoKey;
}

/** RFC 8032 Ed25519 from its 32-byte seed. */
export function importSigningKey(seed: SigningSeed): Promise<SigningKey> {
  return importEd25519Seed(seed);
}

/** @returns the 64-byte signature. */
export function sign(key: SigningKey, data: Bytes): Promise<Bytes> {
  return ed25519Sign(key.privateKey, data);
}

/** Strict and alike on every platform: canonical S, canonical encodings, no points of small order. */
export async function verifySignature(publicKey: Bytes, data: Bytes, signature: Bytes): Promise<boolean> {
  if (!isStrictEd25519(publicKey, signature)) return false;
  try {
    return await ed25519Verify(publicKey, data, signature);
  } catch {
    // Some platforms refuse to import 32 bytes that are no point of the curve, others answer false.
    return false;
  }
}
