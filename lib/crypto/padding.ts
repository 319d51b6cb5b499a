import { type Bytes, concat } from "../base/bytes.ts";
import { MIN_PADDED_BYTES } from "../protocol/layout/envelope.ts";

/** Padmé (Nikitin et al., PETS 2019, "Reducing Metadata Leakage from Encrypted Files"), not below 256 bytes. */
export function paddedLength(length: number): number {
  if (length <= MIN_PADDED_BYTES) return MIN_PADDED_BYTES;
  const exponent = log2(length);
  const mantissaBits = log2(exponent) + 1;
  const step = 2 ** (exponent - mantissaBits);
  return Math.ceil(length / step) * step;
}

/** Appends zeros; what is inside must know its own length. */
export function pad(bytes: Bytes): Bytes {
  return concat(bytes, new Uint8Array(paddedLength(bytes.length) - bytes.length));
}

/** Whether `padded` is exactly `pad` of its first `length` bytes: a message has one padded form. */
export function isPadded(padded: Uint8Array, length: number): boolean {
  return padded.length === paddedLength(length) && padded.subarray(length).every((byte) => byte === 0);
}

/** Floor of the binary logarithm of a positive 32-bit integer. */
function log2(value: number): number {
  return 31 - Math.clz32(value);
}
