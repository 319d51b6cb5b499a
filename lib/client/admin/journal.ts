import { AppError } from "../../protocol/errors.ts";
import {
  type JournalAlerts,
  type JournalEvent,
  type JournalFormat,
  type JournalOutcome,
  type JournalPage,
  type JournalRow,
  type JournalVerdictView,
  journalAlerts,
  journalPage,
  journalVerificationLine,
} from "../../protocol/http/admin/journal.ts";
import type { Api } from "../api.ts";
import { describeBrowser } from "../describe-browser.ts";
import { linesOf, openStream } from "./streams.ts";

/** What to look for; an empty string is anything. */
export interface JournalQuestion {
  readonly person: string;
  readonly event: JournalEvent | "";
  readonly outcome: JournalOutcome | "";
  readonly address: string;
  /** Days as yyyy-mm-dd, by this browser's clock; both belong to it. */
  readonly from: string;
  readonly until: string;
}

/** An entry, with its browser in words. */
export interface EntryView extends JournalRow {
  readonly browser: string;
}

export interface EntryPage extends Omit<JournalPage, "rows"> {
  readonly rows: readonly EntryView[];
}

export interface JournalCalls {
  /** @param after `next` of the page before */
  list(question: JournalQuestion, after: string | null): Promise<EntryPage>;
  /** The newest ones; moves no idle limit. */
  tail(question: JournalQuestion): Promise<EntryPage>;
  alerts(): Promise<JournalAlerts>;
  export(question: JournalQuestion, format: JournalFormat): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** @param checkpoint as an earlier verdict had it; empty for none */
  verify(
    checkpoint: string,
    onProgress: (progress: { checked: number; total: number }) => void,
    signal: AbortSignal,
  ): Promise<JournalVerdictView>;
}

const PATH = "/api/admin/journal";

export const createJournalCalls = (api: Api): JournalCalls => ({
  async list(question, after) {
    const query = queryOf(question);
    if (after !== null) query.set("after", after);
    return withBrowsers(await api.get(`${PATH}?${query}`, journalPage));
  },
  tail: async (question) => withBrowsers(await api.get(`${PATH}/tail?${queryOf(question)}`, journalPage)),
  alerts: () => api.get(`${PATH}/alerts`, journalAlerts),
  export(question, format) {
    const query = queryOf(question);
    query.set("format", format);
    return openStream(api, `${PATH}/export?${query}`);
  },
  async verify(checkpoint, onProgress, signal) {
    const query = new URLSearchParams(checkpoint.trim() ? { expect: checkpoint.trim() } : {});
    for await (const line of linesOf(await openStream(api, `${PATH}/verification?${query}`, signal))) {
      const said = journalVerificationLine.safeParse(JSON.parse(line));
      if (!said.success) throw new AppError("internal", "the server's answer is not understood");
      if ("faults" in said.data) return said.data;
      onProgress(said.data);
    }
    throw new AppError("offline", "the answer broke off");
  },
});

function queryOf({ from, until, ...texts }: JournalQuestion): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, text] of Object.entries(texts)) if (text.trim()) query.set(name, text.trim());
  if (from) query.set("from", String(new Date(`${from}T00:00`).getTime()));
  if (until) query.set("until", String(dayAfter(until)));
  return query;
}

function dayAfter(day: string): number {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + 1);
  return date.getTime();
}

const withBrowsers = ({ rows, ...page }: JournalPage): EntryPage => ({
  ...page,
  rows: rows.map((row) => ({ ...row, browser: row.agent && describeBrowser(row.agent) })),
});
