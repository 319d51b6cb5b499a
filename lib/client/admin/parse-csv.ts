/** Comma-separated values as spreadsheets write them (RFC 4180); lib/base/csv.ts writes some. */

export interface CsvLine {
  /** Of the file, from 1: where an editor shows it. */
  readonly number: number;
  readonly cells: readonly string[];
}

const SEPARATORS = ["\t", ";", ","] as const;

/** The one that the first line has most of: which it is depends on the language of whose spreadsheet it was. */
function separatorOf(text: string): string {
  const [first = ""] = text.split(/\r?\n/, 1);
  const count = (separator: string) => first.split(separator).length;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** Every line that has something in it, its cells without spaces around. */
export function parseCsv(text: string): CsvLine[] {
  const plain = text.replace(/^\ufeff/, "");
  const separator = separatorOf(plain);
  const lines: CsvLine[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let [number, began] = [1, 1];
  const endCell = (): void => {
    cells.push(cell.trim());
    cell = "";
  };
  const endLine = (): void => {
    endCell();
    if (cells.some((one) => one !== "")) lines.push({ number: began, cells });
    cells = [];
    began = number;
  };
  for (let i = 0; i < plain.length; i++) {
    const letter = plain[i];
    if (letter === "\n") number += 1;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (plain[i + 1] === '"') cell += plain[++i];
      else quoted = false;
    } else if (letter === '"' && cell.trim() === "") {
      cell = "";
      quoted = true;
    } else if (letter === separator) endCell();
    else if (letter === "\n") endLine();
    else if (letter !== "\r") cell += letter;
  }
  endLine();
  return lines;
}
