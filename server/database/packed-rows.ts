import { ID_BYTES, type Id } from "../../lib/base/ids.ts";

/**
 * Many rows as one parameter of a prepared statement: fields of fixed widths, one after the other, that the database
 * takes apart again. However many rows there are, it is the same statement, and neither side handles their fields one
 * by one: with a placeholder for each, that was most of what storing a message cost.
 *
 *     FROM (SELECT ? AS packed) given STRAIGHT_JOIN ${PLACES} … WHERE place.seq <= ?
 */

/** So many rows at most. */
export const MOST_PACKED = 1_000;
/** Numbers the rows: MariaDB's Sequence engine, which is part of every server. Goes through them in their order. */
export const PLACES = `seq_1_to_${MOST_PACKED} place`;

/** In bytes; numbers are written in decimal digits. */
export const WIDTH = { id: ID_BYTES, counter: 16, count: 4, position: 8 } as const;

const ZERO = "0".charCodeAt(0);

export interface PackedRows<Field extends string> {
  /** That field of the row at hand, as SQL: bytes, or digits, which MariaDB takes for a number where it needs one. */
  readonly sql: Readonly<Record<Field, string>>;
  pack(rows: readonly Readonly<Record<Field, Id | number>>[]): Buffer;
}

export function describePackedRows<Field extends string>(
  widths: Readonly<Record<Field, number>>,
): PackedRows<Field> {
  const names = Object.keys(widths) as Field[];
  const width = names.reduce((sum, name) => sum + widths[name], 0);
  const sql = {} as Record<Field, string>;
  let before = 0;
  for (const name of names) {
    sql[name] = `SUBSTR(given.packed, (place.seq - 1) * ${width} + ${before + 1}, ${widths[name]})`;
    before += widths[name];
  }
  return {
    sql,
    pack(rows) {
      const packed = Buffer.allocUnsafe(width * rows.length);
      let at = 0;
      for (const row of rows) {
        for (const name of names) {
          const value = row[name];
          if (typeof value === "string") packed.write(value, at, "base64url");
          else putDigits(packed, at, widths[name], value);
          at += widths[name];
        }
      }
      return packed;
    },
  };
}

/** In decimal, to the right of zeros. */
function putDigits(out: Buffer, at: number, width: number, value: number): void {
  let rest = value;
  for (let i = at + width - 1; i >= at; i -= 1) {
    out[i] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}
