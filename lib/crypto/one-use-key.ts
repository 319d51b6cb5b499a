import type { Bytes } from "../base/bytes.ts";
import { KEY_BYTES } from "../protocol/layout/sizes.ts";
import type { ConversationKey, VaultKey } from "./keys.ts";
import { aesOpen, aesSeal, hkdf } from "./webcrypto.ts";

const NONCE_BYTES = 12;

/**
 * `key ‖ nonce = HKDF-SHA-256(secret, salt, info, 44)`: with a fresh 32-byte salt every AES key encrypts
 * once, so that no nonce can repeat under it however many messages there are.
 */
export interface OneUse {
  /** Raw, or held by the browser for HKDF. */
  readonly secret: ConversationKey | VaultKey | CryptoKey;
  readonly salt: Bytes;
  readonly info: Bytes;
  readonly aad: Bytes;
}

export async function sealOnce(use: OneUse, plaintext: Bytes): Promise<Bytes> {
  const { key, nonce } = await derive(use);
  return aesSeal(key, nonce, use.aad, plaintext);
}

/** @returns null when the ciphertext is not what was sealed under exactly this. */
export async function openOnce(use: OneUse, ciphertext: Bytes): Promise<Bytes | null> {
  const { key, nonce } = await derive(use);
  return aesOpen(key, nonce, use.aad, ciphertext);
}

async function derive({ secret, salt, info }: OneUse): Promise<{ key: Bytes; nonce: Bytes }> {
  const material = await hkdf(secret, salt, info, KEY_BYTES + NONCE_BYTES);
  return { key: material.slice(0, KEY_BYTES), nonce: material.slice(KEY_BYTES) };
}
