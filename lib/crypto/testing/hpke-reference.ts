import { type Bytes, concat, u8, utf8 } from "../../base/bytes.ts";
import { hmac } from "../webcrypto.ts";

/**
 * A second HPKE key schedule, written from RFC 9180 §5.1 alone: X-Wing with AES-256-GCM has no published
 * vector, so boxes are opened by both.
 */
export interface HpkeReference {
  readonly kemId: number;
  readonly mode: number;
  readonly info: Bytes;
  readonly psk: Bytes;
  readonly pskId: Bytes;
}

export async function referenceKeySchedule(sharedSecret: Bytes, suite: HpkeReference) {
  const suiteId = concat(utf8("HPKE"), u16(suite.kemId), u16(0x0001), u16(0x0002));
  const labelled = (label: string) => concat(utf8("HPKE-v1"), suiteId, utf8(label));
  // HMAC pads its key with zeros, so that a block of zeros stands for the empty salt WebCrypto refuses.
  const extract = (salt: Bytes, label: string, ikm: Bytes) =>
    hmac(salt.length > 0 ? salt : new Uint8Array(32), concat(labelled(label), ikm));
  const expand = async (key: Bytes, label: string, context: Bytes, length: number) => {
    const info = concat(u16(length), labelled(label), context);
    return (await hmac(key, concat(info, u8(1)))).slice(0, length);
  };
  const none = new Uint8Array(0);
  const pskIdHash = await extract(none, "psk_id_hash", suite.pskId);
  const infoHash = await extract(none, "info_hash", suite.info);
  const context = concat(u8(suite.mode), pskIdHash, infoHash);
  const secret = await extract(sharedSecret, "secret", suite.psk);
  return {
    key: await expand(secret, "key", context, 32),
    nonce: await expand(secret, "base_nonce", context, 12),
  };
}

function u16(value: number): Bytes {
  return Uint8Array.of(value >> 8, value & 0xff);
}
