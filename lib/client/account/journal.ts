import type { infer as Infer } from "zod/mini";
import { journalAnswer, type journalEntry, noticesAnswer } from "../../protocol/http/journal.ts";
import { describeBrowser } from "../describe-browser.ts";
import type { JournalActions, JournalEntry } from "../model-account.ts";
import type { AccountParts } from "./parts.ts";

export function createJournalActions({ api }: AccountParts): JournalActions {
  return {
    async page(before) {
      const query = before === undefined ? "" : `?before=${before}`;
      const { entries, more } = await api.get(`/api/journal${query}`, journalAnswer);
      return { entries: entries.map(toView), more };
    },
    async notices() {
      const { notices } = await api.get("/api/notices", noticesAnswer);
      return notices.map(toView);
    },
    seen: (id) => api.send("PUT", "/api/notices/seen", { id }),
  };
}

function toView({ agent, ...entry }: Infer<typeof journalEntry>): JournalEntry {
  return { ...entry, browser: agent && describeBrowser(agent) };
}
