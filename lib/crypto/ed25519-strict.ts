import { ED25519_PUBLIC_KEY_BYTES, ED25519_SIGNATURE_BYTES } from "../protocol/layout/sizes.ts";

/**
 * What RFC 8032 §5.1.7 asks of a signature's form and platforms check unevenly. One message, one key, one
 * signature: without these checks a second encoding of the same signature would change a record's hash.
 */
export function isStrictEd25519(publicKey: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== ED25519_PUBLIC_KEY_BYTES) return false;
  if (signature.length !== ED25519_SIGNATURE_BYTES) return false;
  return (
    isStrictPoint(publicKey) &&
    isStrictPoint(signature.subarray(0, 32)) &&
    littleEndian(signature.subarray(32)) < ORDER
  );
}

const FIELD = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

const ORDER_8_Y = 0x5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;

/** The y coordinates of the eight points whose order divides 8: such a key verifies what nobody signed. */
const SMALL_ORDER_Y: ReadonlySet<bigint> = new Set([0n, 1n, FIELD - 1n, ORDER_8_Y, FIELD - ORDER_8_Y]);

/** A point encoded with y < p and not of small order. That it lies on the curve is the platform's check. */
function isStrictPoint(encoded: Uint8Array): boolean {
  // Without the sign of x.
  const y = BigInt.asUintN(255, littleEndian(encoded));
  return y < FIELD && !SMALL_ORDER_Y.has(y);
}

/** Of 32 bytes. */
function littleEndian({ buffer, byteOffset }: Uint8Array): bigint {
  const view = new DataView(buffer, byteOffset);
  return [24, 16, 8, 0].reduce((value, at) => (value << 64n) | view.getBigUint64(at, true), 0n);
}
