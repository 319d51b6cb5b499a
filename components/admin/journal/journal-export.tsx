"use client";

import { type ReactElement, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type JournalQuestion, useJournalCalls } from "@/lib/client/hooks/admin/journal";
import { useI18n } from "@/lib/client/hooks/i18n";
import { chooseTarget } from "@/lib/client/hooks/save-file";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction, useStepUp } from "@/lib/client/hooks/use-step-up";
import { JOURNAL_FORMATS, type JournalFormat } from "@/lib/protocol/http/admin/journal";

const TYPES: Readonly<Record<JournalFormat, string>> = { csv: "text/csv", ndjson: "application/x-ndjson" };

/** What is shown, as a file; as long as it may be. */
export function JournalExport({ question }: { question: JournalQuestion }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const calls = useJournalCalls();
  const { guard } = useStepUp();
  const [taken, setTaken] = useState(false);
  const { run, busy, error } = useGuardedAction(async (format: JournalFormat) => {
    setTaken(false);
    // First of all: a browser asks where only right after a press.
    const target = await chooseTarget(`sceau-journal.${format}`, TYPES[format]);
    if (target === null) return;
    await target.write(await guard(() => calls.export(question, format)), new AbortController().signal);
    setTaken(true);
  });
  return (
    <PanelGroup title={t("journal.take")} intro={t("journal.takeIntro")}>
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <div role="status" className="empty:hidden">
        {taken && <Notice icon="check">{t("journal.taken")}</Notice>}
      </div>
      <div className="flex flex-wrap gap-2">
        {JOURNAL_FORMATS.map((format) => (
          <Button key={format} tone="secondary" icon="download" busy={busy} onClick={() => run(format)}>
            {t(`journal.${format}`)}
          </Button>
        ))}
      </div>
    </PanelGroup>
  );
}
