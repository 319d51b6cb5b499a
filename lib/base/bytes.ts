/** Byte-string helpers. Every function returns a new array and never aliases its input. */

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

export function concat(...parts: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}

/** Not constant-time: for public values (hashes of ciphertext, ids), never for secrets or MACs. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Lexicographic order, as MariaDB orders BINARY columns. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function utf8(text: string): Bytes {
  return encoder.encode(text) as Bytes;
}

/** @throws TypeError when the bytes are not well-formed UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Big-endian unsigned 8-, 32- and 64-bit integers; a value out of range is a programming error. */
export function u8(value: number): Bytes {
  return Uint8Array.of(requireInteger(value, 0xff));
}

// A DataView over so few bytes would first move them out of JavaScript's own heap, which takes longer than all else here.
export function u32(value: number): Bytes {
  const out = new Uint8Array(4);
  putU32(out, 0, value);
  return out;
}

/** Values stay below 2^53: sequences and milliseconds never need more. */
export function u64(value: number): Bytes {
  const out = new Uint8Array(8);
  putU64(out, 0, value);
  return out;
}

/** Writes `u32(value)` at that place of `out`. */
export function putU32(out: Uint8Array, at: number, value: number): void {
  requireInteger(value, 0xffffffff);
  out[at] = value >>> 24;
  out[at + 1] = value >>> 16;
  out[at + 2] = value >>> 8;
  out[at + 3] = value;
}

/** Writes `u64(value)` at that place of `out`. */
export function putU64(out: Uint8Array, at: number, value: number): void {
  putU32(out, at, Math.floor(requireInteger(value, Number.MAX_SAFE_INTEGER) / 2 ** 32));
  putU32(out, at + 4, value % 2 ** 32);
}

function requireInteger(value: number, max: number): number {
  if (!Number.isInteger(value) || value < 0 || value > max)
    throw new RangeError(`not an integer in 0..${max}`);
  return value;
}
