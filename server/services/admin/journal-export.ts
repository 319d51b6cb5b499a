import { CSV_MARK, csvLine } from "../../../lib/base/csv.ts";
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

/** The first line. */
export const CSV_HEAD = CSV_MARK + csvLine(COLUMNS);

/** @param name the account's, as it is called now */
export function exportLine(entry: StoredEntry, name: string, format: JournalFormat): string {
  const { id, at, event, outcome, accountId, sessionId, address, agent, detail } = entry;
  const time = new Date(at).toISOString();
  const values = [id, time, event, outcome, accountId ?? "", name, sessionId ?? "", address, agent, detail];
  if (format === "csv") return csvLine(values);
  return `${JSON.stringify(Object.fromEntries(COLUMNS.map((column, i) => [column, values[i]])))}\n`;
}
