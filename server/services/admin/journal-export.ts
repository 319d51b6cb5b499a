import type { JournalFormat } from "../../../lib/protocol/http/admin/journal.ts";
import type { StoredEntry } from "../../database/journal.ts";

const COLUMNS = [
  "number",
  "time",
  "event",
  "outcome",
  "account",
  "name",
  "session",
  "address",
  "browser",
  "detail",
] as const;

/** What a spreadsheet would run, not show: browsers send what they like as their name. */
const FORMULA = /^\s*[=+\-@\t＝＋－＠]/;

const cell = (value: string | number): string => {
  const line = String(value).replace(/[\r\n]+/g, " ");
  return `"${(FORMULA.test(line) ? `'${line}` : line).replaceAll('"', '""')}"`;
};

/** The first line; RFC 4180, with the mark by which spreadsheets know UTF-8. */
export const CSV_HEAD = `\ufeff${COLUMNS.map(cell).join(",")}\r\n`;

/** @param name the account's, as it is called now */
export function exportLine(entry: StoredEntry, name: string, format: JournalFormat): string {
  const { id, at, event, outcome, accountId, sessionId, address, agent, detail } = entry;
  const time = new Date(at).toISOString();
  const values = [id, time, event, outcome, accountId ?? "", name, sessionId ?? "", address, agent, detail];
  if (format === "csv") return `${values.map(cell).join(",")}\r\n`;
  return `${JSON.stringify(Object.fromEntries(COLUMNS.map((column, i) => [column, values[i]])))}\n`;
}
