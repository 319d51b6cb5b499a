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
  for (let i = 0; i < bytes.length; i += BYTES_AT_ONCE)
    out += String.fromCharCode(...codesOf(bytes.subarray(i, i + BYTES_AT_ONCE)));
  return out;
}

function codesOf(bytes: Uint8Array): number[] {
  const codes: number[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group =
      ((bytes[i] as number) << 16) |
      ((left > 1 ? (bytes[i + 1] as number) : 0) << 8) |
      (left > 2 ? (bytes[i + 2] as number) : 0);
    codes.push(CODES[group >> 18] as number, CODES[(group >> 12) & 63] as number);
    if (left > 1) codes.push(CODES[(group >> 6) & 63] as number);
    if (left > 2) codes.push(CODES[group & 63] as number);
  }
  return codes;
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
