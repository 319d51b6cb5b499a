/** By which spreadsheets know UTF-8: in front of a file. */
export const CSV_MARK = "\ufeff";

/** What a spreadsheet would work out, not show; a space in front of it is no help. */
const FORMULA = /^\s*[=+\-@\t＝＋－＠]/;

/** A line of comma-separated values (RFC 4180), each in quotes and on one line, none of them a formula. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

function toCell(value: string | number): string {
  const line = String(value).replace(/[\r\n]+/g, " ");
  return `"${(FORMULA.test(line) ? `'${line}` : line).replaceAll('"', '""')}"`;
}
