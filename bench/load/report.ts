/** Medians and ranges of figures that were taken several times, and how they stand to each other. */

export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly figures: readonly number[];
  /** Whose part of it this is: the row's name. */
  readonly of?: string;
}

export function medianOf(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

/** A line each: median, range, and the ratio of the medians to what it is measured beside. */
export function printRows(rows: readonly Row[]): void {
  for (const { what, unit, figures, of } of rows) {
    const beside = rows.find((row) => row.what === of);
    const ceiling = beside ? medianOf(beside.figures) : 0;
    const ratio = ceiling > 0 ? (medianOf(figures) / ceiling).toFixed(2) : "";
    const range = `${round(Math.min(...figures))} – ${round(Math.max(...figures))}`;
    process.stdout.write(
      `${what.padEnd(48)} ${round(medianOf(figures)).padStart(10)} ${unit.padEnd(5)} ${range.padStart(22)} ${ratio.padStart(7)}\n`,
    );
  }
}

const round = (figure: number) =>
  figure.toLocaleString("en", { maximumFractionDigits: figure < 100 ? 2 : 0, useGrouping: true });
