import type { Bytes } from "../base/bytes.ts";

/** Crockford's base32: no I, L, O, U, so that paper cannot be misread. Whole bytes in groups of 5 bits. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Upper case, with the look-alikes that Crockford's base32 forgives. */
export function canonicalBase32(text: string): string {
  return text.replace(/[\s-]/g, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
}

/** `bytes.length` must be a multiple of 5: there is no padding. */
export function toBase32(bytes: Uint8Array): string {
  let out = "";
  let pending = 0;
  let bits = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(pending >> bits) & 31];
      pending &= (1 << bits) - 1;
    }
  }
  return out;
}

/** @returns null for a character outside the alphabet or a length that is not whole groups of 8. */
export function fromBase32(text: string): Bytes | null {
  const symbols = [...canonicalBase32(text)];
  if (symbols.length % 8 !== 0) return null;
  const out: number[] = [];
  let pending = 0;
  let bits = 0;
  for (const symbol of symbols) {
    const value = ALPHABET.indexOf(symbol);
    if (value < 0) return null;
    pending = (pending << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push((pending >> bits) & 0xff);
      pending &= (1 << bits) - 1;
    }
  }
  return Uint8Array.from(out);
}
