import type { Bytes } from "./bytes.ts";

/** Unpadded base64url (RFC 4648 §5): how every byte string travels in JSON and in URLs. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const CODES = Array.from(ALPHABET, (symbol) => symbol.charCodeAt(0));
const VALUES = new Map(CODES.map((code, value) => [code, value]));
/** A multiple of three; four thousand symbols are well within the number of arguments that a call may have. */
const BYTES_AT_ONCE = 3_072;

export function toBase64url(bytes: Uint8Array): string {
  let out = "";
  // Not symbol by symbol: such a string is a chain of twenty pieces, which an id would drag along as long as it is kept.
  for (let i = 0; i < bytes.length; i += BYTES_AT_ONCE) {
    out += encodeWith([], bytes, i, Math.min(i + BYTES_AT_ONCE, bytes.length));
  }
  return out;
}

/**
 * The same for byte strings of one length, of which there are several in each frame: neither a list nor a view is made
 * for each.
 */
export function encoderOfOneLength(length: number): (bytes: Uint8Array, from: number) => string {
  const codes: number[] = [];
  return (bytes, from) => encodeWith(codes, bytes, from, from + length);
}

/** @param codes empty, or from as many bytes */
function encodeWith(codes: number[], bytes: Uint8Array, from: number, end: number): string {
  const whole = end - ((end - from) % 3);
  let at = 0;
  for (let i = from; i < whole; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    codes[at++] = CODES[group >> 18] as number;
    codes[at++] = CODES[(group >> 12) & 63] as number;
    codes[at++] = CODES[(group >> 6) & 63] as number;
    codes[at++] = CODES[group & 63] as number;
  }
  if (whole < end) {
    const second = whole + 1 < end ? (bytes[whole + 1] as number) : 0;
    const rest = ((bytes[whole] as number) << 16) | (second << 8);
    codes[at++] = CODES[rest >> 18] as number;
    codes[at++] = CODES[(rest >> 12) & 63] as number;
    if (whole + 1 < end) codes[at] = CODES[(rest >> 6) & 63] as number;
  }
  return String.fromCharCode(...codes);
}

/** @returns null unless `text` is the one canonical encoding of some byte string. */
export function fromBase64url(text: string): Bytes | null {
  if (text.length % 4 === 1) return null;
  const out = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let pending = 0;
  let offset = 0;
  for (let i = 0; i < text.length; i++) {
    const value = VALUES.get(text.charCodeAt(i));
    if (value === undefined) return null;
    pending = (pending << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[offset++] = (pending >> bits) & 0xff;
      pending &= (1 << bits) - 1;
    }
  }
  return pending === 0 ? out : null;
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
