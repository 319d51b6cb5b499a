import { LIMITS } from "../protocol/limits.ts";

/** What a body holds beside the ciphertexts, which travel as base64url: four characters for three bytes. */
const ENTRY_OVERHEAD = 100;
const BATCH_CHARS = LIMITS.httpBodyBytes - 1_024;

/** Runs of entries, each of which fits into one request. */
export function batchesOf<T extends { readonly ciphertext: Uint8Array }>(entries: readonly T[]): T[][] {
  const batches: T[][] = [];
  let room = 0;
  for (const entry of entries) {
    const size = Math.ceil((entry.ciphertext.length * 4) / 3) + ENTRY_OVERHEAD;
    if (size > room) {
      batches.push([]);
      room = BATCH_CHARS;
    }
    batches.at(-1)?.push(entry);
    room -= size;
  }
  return batches;
}
