import { equalBytes } from "../../base/bytes.ts";
import { toHex } from "../../base/encoding.ts";
import { CryptoError, type CryptoErrorCode } from "../errors.ts";

/**
 * Cases that run unchanged under vitest, in a page and in a worker: plain functions that throw when they
 * fail, because the browser has no vitest.
 */
export interface Suite {
  readonly name: string;
  readonly cases: Readonly<Record<string, () => void | Promise<void>>>;
}

export function requireEqual(actual: unknown, expected: string | number | boolean | null): void {
  if (actual !== expected) throw new Error(`${actual} is not ${expected}`);
}

export function requireBytes(actual: Uint8Array | null, expected: Uint8Array): void {
  if (!actual || !equalBytes(actual, expected)) {
    throw new Error(`${actual && toHex(actual)} is not ${toHex(expected)}`);
  }
}

/** The promise must reject with a CryptoError, of `code` where one is named. */
export async function requireRefused(promise: Promise<unknown>, code?: CryptoErrorCode): Promise<void> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    if (code !== undefined) requireEqual(error.code, code);
    return;
  }
  throw new Error(`not refused: ${String(value)}`);
}

/**
 * Tries every flip of one bit (or, with `step`, every step-th), every truncation at as many places, and an
 * extension; `open` must refuse each, by a CryptoError or by null.
 */
export async function requireEveryChangeRefused(
  bytes: Uint8Array,
  open: (changed: Uint8Array) => Promise<unknown>,
  step = 1,
): Promise<void> {
  for (let bit = 0; bit < bytes.length * 8; bit += step) await refuse(flipBit(bytes, bit), `bit ${bit}`);
  for (let length = 0; length < bytes.length; length += step)
    await refuse(bytes.slice(0, length), `cut to ${length}`);
  await refuse(Uint8Array.of(...bytes, 0), "extended");

  async function refuse(changed: Uint8Array, what: string): Promise<void> {
    const result = await open(changed).catch((error: unknown) => {
      if (error instanceof CryptoError) return null;
      throw error;
    });
    if (result !== null) throw new Error(`accepted: ${what}`);
  }
}

export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = bytes.slice();
  const at = bit >> 3;
  changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
  return changed;
}
