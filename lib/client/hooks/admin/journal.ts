"use client";

import { createJournalCalls } from "../../admin/journal.ts";
import { createSection } from "./section.tsx";

export type { EntryView, JournalQuestion } from "../../admin/journal.ts";

export const [JournalProvider, useJournalCalls] = createSection(
  {
    en: () => import("../../../../locales/admin/journal.en.json"),
    fr: () => import("../../../../locales/admin/journal.fr.json"),
  },
  createJournalCalls,
);
