"use client";

import { type ReactElement, useCallback, useRef, useState } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { SwitchField } from "@/components/ui/switch-field";
import { JournalProvider, type JournalQuestion } from "@/lib/client/hooks/admin/journal";
import { useI18n } from "@/lib/client/hooks/i18n";
import { JournalAlerts } from "./journal-alerts";
import { JournalChain } from "./journal-chain";
import { JournalExport } from "./journal-export";
import { ANYTHING, JournalFilters } from "./journal-filters";
import { LiveEntries, PagedEntries } from "./journal-list";

const failed = (error: unknown, retry: () => void) => <AdminFailed error={error} onRetry={retry} />;

/** What happened to everybody: what stands out, everything else, and whether it can be trusted. */
export function JournalSection({ detail }: { detail: string | null }): ReactElement {
  return (
    <JournalProvider loading={<PanelSkeleton />} failed={failed}>
      <Journal key={detail} person={detail ?? ""} />
    </JournalProvider>
  );
}

/** @param person whose entries the address asks for; empty for everybody's */
function Journal({ person }: { person: string }): ReactElement {
  const { t } = useI18n();
  const [question, setQuestion] = useState<JournalQuestion>({ ...ANYTHING, person });
  /** Of questions that did not come from the form. */
  const [turn, setTurn] = useState(0);
  const [live, setLive] = useState(false);
  const entries = useRef<HTMLDivElement>(null);
  const showOnly = useCallback((part: Partial<JournalQuestion>) => {
    setQuestion({ ...ANYTHING, ...part });
    setTurn((before) => before + 1);
    entries.current?.scrollIntoView({ block: "start" });
    entries.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <JournalAlerts onShow={showOnly} />
      <div ref={entries} tabIndex={-1} className="flex flex-col gap-4 outline-none">
        <PanelGroup title={t("journal.entries")}>
          <JournalFilters key={turn} question={question} onQuestion={setQuestion} />
          <SwitchField label={t("journal.live")} hint={t("journal.liveHint")} on={live} onChange={setLive} />
          {live ? (
            // Another question must not show the answer to the one before.
            <LiveEntries key={JSON.stringify(question)} question={question} />
          ) : (
            <PagedEntries question={question} />
          )}
        </PanelGroup>
      </div>
      <JournalExport question={question} />
      <JournalChain />
    </>
  );
}
