/** Which of many rows are drawn, by heights that are known only of those that once were. */

export interface RowRange {
  readonly start: number;
  /** One past the last. */
  readonly end: number;
}

/** Of a row that nobody has seen yet, until there are others to go by. */
const USUAL_HEIGHT = 48;

/** The top of each row in pixels, and the bottom of the last. */
export function rowTops(
  rows: readonly { readonly key: string }[],
  heights: ReadonlyMap<string, number>,
): number[] {
  let known = 0;
  for (const height of heights.values()) known += height;
  const usual = heights.size > 0 ? known / heights.size : USUAL_HEIGHT;
  const tops = [0];
  let bottom = 0;
  for (const { key } of rows) {
    bottom += heights.get(key) ?? usual;
    tops.push(bottom);
  }
  return tops;
}

/** The row that covers this place; the first or last for a place beyond them. */
export function rowAt(tops: readonly number[], y: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] as number) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function rowsWithin(tops: readonly number[], from: number, to: number): RowRange {
  if (tops.length < 2) return { start: 0, end: 0 };
  return { start: rowAt(tops, from), end: rowAt(tops, to) + 1 };
}
