import { type Bytes, concat } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, type DeviceId, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { AES_TAG_BYTES, KEY_BYTES } from "../protocol/layout/sizes.ts";
import { CryptoError } from "./errors.ts";
import { type BoxSeed, secretKeyFrom } from "./keys.ts";
import { aesOpen, aesSeal, generateAesKey, randomBytes } from "./webcrypto.ts";

const NONCE_BYTES = 12;

/** DK's seed as this browser keeps it: DWK never leaves IndexedDB, and wraps exactly one seed. */
export interface WrappedDeviceSeed {
  /** AES-256-GCM, non-extractable. */
  readonly wrapKey: CryptoKey;
  /** `nonce(12) ‖ ciphertext(48)`. */
  readonly wrapped: Bytes;
}

/** A fresh DWK for every DK: its nonce cannot repeat. */
export async function wrapDeviceSeed(
  account: AccountId,
  device: DeviceId,
  seed: BoxSeed,
): Promise<WrappedDeviceSeed> {
  const wrapKey = await generateAesKey();
  const nonce = randomBytes(NONCE_BYTES);
  const wrapped = concat(nonce, await aesSeal(wrapKey, nonce, wrapContext(account, device), seed));
  return { wrapKey, wrapped };
}

/** @throws CryptoError `malformed`, `open-failed` */
export async function unwrapDeviceSeed(
  account: AccountId,
  device: DeviceId,
  { wrapKey, wrapped }: WrappedDeviceSeed,
): Promise<BoxSeed> {
  if (wrapped.length !== NONCE_BYTES + KEY_BYTES + AES_TAG_BYTES)
    throw new CryptoError("malformed", "device seed");
  const nonce = wrapped.slice(0, NONCE_BYTES);
  const seed = await aesOpen(wrapKey, nonce, wrapContext(account, device), wrapped.slice(NONCE_BYTES));
  if (!seed) throw new CryptoError("open-failed", "device seed");
  return secretKeyFrom<BoxSeed>(seed);
}

function wrapContext(account: AccountId, device: DeviceId): Bytes {
  return encodeFields(label("device-wrap"), idToBytes(account), idToBytes(device));
}
