import { type Bytes, concat } from "../base/bytes.ts";
import { AES_TAG_BYTES, KEY_BYTES, SALT_BYTES } from "../protocol/layout/sizes.ts";
import type { ConversationKey, ReportKey, VaultKey } from "./keys.ts";
import { aesOpen, aesSeal, hkdf, randomBytes } from "./webcrypto.ts";

const NONCE_BYTES = 12;

/**
 * `key ‖ nonce = HKDF-SHA-256(secret, salt, info, 44)`: with a fresh 32-byte salt every AES key encrypts
 * once, so that no nonce can repeat under it however many messages there are.
 */
export interface OneUse {
  /** Raw, or held by the browser for HKDF. */
  readonly secret: ConversationKey | VaultKey | ReportKey | CryptoKey;
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

/** `salt(32) ‖ ciphertext`: what is written again and again in one place, under a key of its own each time. */
export async function sealSalted(secret: CryptoKey, context: Bytes, plaintext: Bytes): Promise<Bytes> {
  const salt = randomBytes(SALT_BYTES);
  return concat(salt, await sealOnce({ secret, salt, info: context, aad: context }, plaintext));
}

/** @returns null when it is not what was sealed for this context under this secret. */
export async function openSalted(secret: CryptoKey, context: Bytes, sealed: Bytes): Promise<Bytes | null> {
  if (sealed.length < SALT_BYTES + AES_TAG_BYTES) return null;
  const salt = sealed.slice(0, SALT_BYTES);
  return openOnce({ secret, salt, info: context, aad: context }, sealed.slice(SALT_BYTES));
}

async function derive({ secret, salt, info }: OneUse): Promise<{ key: Bytes; nonce: Bytes }> {
  const material = await hkdf(secret, salt, info, KEY_BYTES + NONCE_BYTES);
  return { key: material.slice(0, KEY_BYTES), nonce: material.slice(KEY_BYTES) };
}
