import { Aes256Gcm, CipherSuite, HkdfSha256, HpkeError } from "@hpke/core";
import type { XWing } from "@hpke/hybridkem-x-wing";
import type { Bytes } from "../base/bytes.ts";
import { CryptoError } from "./errors.ts";
import type { BoxSeed } from "./keys.ts";

/** Single-shot HPKE (RFC 9180 §6.1), base mode or mode_psk, HKDF-SHA-256 and AES-256-GCM, over the given X-Wing. */
function suite(kem: XWing): CipherSuite {
  return new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}

export interface HpkeContext {
  readonly info: Bytes;
  readonly aad: Bytes;
  /** With it, mode_psk: only who has `key` (at least 32 bytes of entropy) can seal or open. */
  readonly psk?: { readonly id: Bytes; readonly key: Bytes };
}

/** @throws CryptoError `malformed` when `publicKey` is not an X-Wing public key */
export async function hpkeSeal(kem: XWing, publicKey: Bytes, context: HpkeContext, plaintext: Bytes) {
  try {
    const recipientPublicKey = await kem.deserializePublicKey(publicKey);
    const { info, psk, aad } = context;
    const params = { recipientPublicKey, info, ...(psk && { psk }) };
    const sealed = await suite(kem).seal(params, plaintext, aad);
    return { encapsulation: new Uint8Array(sealed.enc), ciphertext: new Uint8Array(sealed.ct) };
  } catch (error) {
    throw refusal(error, "malformed");
  }
}

/** @throws CryptoError `open-failed` */
export async function hpkeOpen(
  kem: XWing,
  seed: BoxSeed,
  context: HpkeContext,
  encapsulation: Bytes,
  ciphertext: Bytes,
): Promise<Bytes> {
  try {
    const recipientKey = await kem.deserializePrivateKey(seed);
    const { info, psk, aad } = context;
    const params = { recipientKey, enc: encapsulation, info, ...(psk && { psk }) };
    return new Uint8Array(await suite(kem).open(params, ciphertext, aad));
  } catch (error) {
    throw refusal(error, "open-failed");
  }
}

/** The library's and the platform's refusals carry our code; a programming error stays what it is. */
function refusal(error: unknown, code: "malformed" | "open-failed"): unknown {
  const refused = error instanceof HpkeError || error instanceof DOMException;
  return refused ? new CryptoError(code, error.message) : error;
}
