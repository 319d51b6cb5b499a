import type { Bytes } from "../../lib/base/bytes.ts";
import { type Id, idFromBytes, idToBytes } from "../../lib/base/ids.ts";

/** Between columns and plain rows: ids are BINARY(16) there and branded text here, BIGINTs become numbers. */

export function toId<T extends Id>(column: Uint8Array): T {
  return idFromBytes<T>(column);
}

/** An id as the raw connector takes it: 16 bytes. */
export function column(id: Id): Buffer {
  return Buffer.from(idToBytes(id));
}

/** By code of a character: its six bits. */
const SIX_BITS = new Uint8Array(128);
for (const [i, character] of [
  ..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
].entries())
  SIX_BITS[character.charCodeAt(0)] = i;

/** As the database orders them, which is by their bytes: their text sorts otherwise. All who lock several rows do it in this order. */
export function compareIds(a: Id, b: Id): number {
  let i = 0;
  while (i < a.length - 1 && a.charCodeAt(i) === b.charCodeAt(i)) i += 1;
  return (SIX_BITS[a.charCodeAt(i)] as number) - (SIX_BITS[b.charCodeAt(i)] as number);
}

/** Sequences, counters and steps stay below 2^53. */
export function toNumber(column: bigint): number {
  return Number(column);
}

/** A plain Uint8Array over its own memory, whatever buffer class the driver answered with. */
export function toBytes(column: Uint8Array): Bytes {
  return new Uint8Array(column);
}

/** The same within the driver's memory, for what is passed on at once: pages of history. */
export function inPlace(column: Uint8Array): Bytes {
  return new Uint8Array(column.buffer as ArrayBuffer, column.byteOffset, column.length);
}

/** Whether an insert failed because the row is there already. */
export function isDuplicate(error: unknown): boolean {
  const { code, errno } = error as { code?: unknown; errno?: unknown };
  return code === "P2002" || errno === 1062;
}
