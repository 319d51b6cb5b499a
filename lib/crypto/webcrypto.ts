import { type Bytes, concat } from "../base/bytes.ts";
import { fromBase64url } from "../base/encoding.ts";

/**
 * The one door to `crypto.subtle`: thin, total functions over the primitives of the suite. Sizes are the
 * callers' duty and are checked where bytes enter (layouts and keys.ts). Nothing here runs at import time,
 * so that a page without a secure context can still load and say so.
 */

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

export async function sha256(data: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data as Bytes));
}

/** HMAC-SHA-256 (RFC 2104); also HKDF-Expand to 32 bytes. The key must not be empty. */
export async function hmac(key: Bytes, data: Bytes): Promise<Bytes> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, data));
}

/**
 * What the platform made of bytes that are used again and again, and never change: importing a key takes as long as
 * using it once. Forgotten with the bytes.
 */
function importedOnce(importKey: (bytes: Bytes) => Promise<CryptoKey>): typeof importKey {
  const imported = new WeakMap<Bytes, Promise<CryptoKey>>();
  return (bytes) => {
    const key = imported.get(bytes) ?? importKey(bytes);
    imported.set(bytes, key);
    return key;
  };
}

const secretOf = importedOnce(hkdfKey);
const verifyingKeyOf = importedOnce((publicKey) =>
  crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]),
);

/** HKDF-SHA-256 (RFC 5869), extract and expand, to `length` bytes (at most 8160). */
export async function hkdf(
  secret: Bytes | CryptoKey,
  salt: Bytes,
  info: Bytes,
  length: number,
): Promise<Bytes> {
  const key = secret instanceof Uint8Array ? await secretOf(secret) : secret;
  const algorithm = { name: "HKDF", hash: "SHA-256", salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, length * 8));
}

/** Scripts can derive from it and never read it again; it survives IndexedDB. */
export function hkdfKey(secret: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
}

/** Of 256 random bits. */
export function generateHkdfKey(): Promise<CryptoKey> {
  return hkdfKey(randomBytes(32));
}

/** A 256-bit AES-GCM key that scripts can use but never read; it survives IndexedDB. */
export function generateAesKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** AES-256-GCM: 12-byte nonce, 16-byte tag at the end. The caller guarantees that key and nonce pair once. */
export async function aesSeal(key: AesKey, nonce: Bytes, aad: Bytes, plaintext: Bytes): Promise<Bytes> {
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: aad };
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, await aesKey(key), plaintext));
}

/** @returns null when the tag does not verify. */
export async function aesOpen(
  key: AesKey,
  nonce: Bytes,
  aad: Bytes,
  ciphertext: Bytes,
): Promise<Bytes | null> {
  const imported = await aesKey(key);
  try {
    const algorithm = { name: "AES-GCM", iv: nonce, additionalData: aad };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, imported, ciphertext));
  } catch (error) {
    if (error instanceof DOMException && error.name === "OperationError") return null;
    throw error;
  }
}

/** A held key, or the 32 raw bytes of a one-use key. */
export type AesKey = CryptoKey | Bytes;

function aesKey(key: AesKey): CryptoKey | Promise<CryptoKey> {
  return key instanceof Uint8Array ? importAesKey(key) : key;
}

/** Of 32 raw bytes; for several uses with nonces that differ. */
export function importAesKey(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** PKCS #8 of an Ed25519 private key (RFC 8410 §7) up to the 32-byte seed, its last field. */
const PKCS8_ED25519 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

/** Public key and non-extractable private key of a 32-byte Ed25519 seed (RFC 8032 §5.1.5). */
export async function importEd25519Seed(seed: Bytes): Promise<{ publicKey: Bytes; privateKey: CryptoKey }> {
  const pkcs8 = concat(PKCS8_ED25519, seed);
  // WebCrypto offers no way from seed to public key but the JWK of an extractable key.
  const readable = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", true, ["sign"]);
  const jwk = await crypto.subtle.exportKey("jwk", readable);
  const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", false, ["sign"]);
  const publicKey = fromBase64url(jwk.x ?? "");
  if (publicKey?.length !== 32) throw new TypeError("the platform exported no Ed25519 public key");
  return { publicKey, privateKey };
}

export async function ed25519Sign(privateKey: CryptoKey, data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, data));
}

/** As strict as the platform is, and no stricter: use verifySignature of signature.ts. */
export async function ed25519Verify(publicKey: Bytes, data: Bytes, signature: Bytes): Promise<boolean> {
  return crypto.subtle.verify("Ed25519", await verifyingKeyOf(publicKey), signature, data);
}

/** The part of "Modern Algorithms in the Web Cryptography API" (WICG draft) that X-Wing needs; not in lib.dom. */
interface KemSubtle {
  importKey(
    format: "raw-seed" | "raw-public",
    key: Bytes,
    name: string,
    extractable: boolean,
    usages: string[],
  ): Promise<CryptoKey>;
  exportKey(format: "raw-public", key: CryptoKey): Promise<ArrayBuffer>;
  getPublicKey(key: CryptoKey, usages: string[]): Promise<CryptoKey>;
  encapsulateBits(name: string, key: CryptoKey): Promise<{ ciphertext: ArrayBuffer; sharedKey: ArrayBuffer }>;
  decapsulateBits(name: string, key: CryptoKey, ciphertext: Bytes): Promise<ArrayBuffer>;
}

const X_WING = "MLKEM768-X25519";

function kemSubtle(): KemSubtle {
  return crypto.subtle as unknown as KemSubtle;
}

/** The 1216-byte public key of a 32-byte X-Wing seed, natively. @throws where the platform has no X-Wing */
export async function nativeXWingPublicKey(seed: Bytes): Promise<Bytes> {
  const key = await kemSubtle().importKey("raw-seed", seed, X_WING, false, ["decapsulateBits"]);
  const publicKey = await kemSubtle().getPublicKey(key, ["encapsulateBits"]);
  return new Uint8Array(await kemSubtle().exportKey("raw-public", publicKey));
}

export async function nativeXWingEncapsulate(
  publicKey: Bytes,
): Promise<{ encapsulation: ArrayBuffer; sharedSecret: ArrayBuffer }> {
  const key = await kemSubtle().importKey("raw-public", publicKey, X_WING, true, ["encapsulateBits"]);
  const { ciphertext, sharedKey } = await kemSubtle().encapsulateBits(X_WING, key);
  return { encapsulation: ciphertext, sharedSecret: sharedKey };
}

export async function nativeXWingDecapsulate(seed: Bytes, encapsulation: Bytes): Promise<ArrayBuffer> {
  const key = await kemSubtle().importKey("raw-seed", seed, X_WING, false, ["decapsulateBits"]);
  return kemSubtle().decapsulateBits(X_WING, key, encapsulation);
}
