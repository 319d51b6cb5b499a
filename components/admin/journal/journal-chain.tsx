"use client";

import { type ReactElement, useEffect, useRef, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useJournalCalls } from "@/lib/client/hooks/admin/journal";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import { CHECKPOINT_SHAPE, type JournalVerdictView } from "@/lib/protocol/http/admin/journal";
import { JournalVerdict } from "./journal-verdict";

/** Follows the chain on the server, and says what was found. */
export function JournalChain(): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { verify } = useJournalCalls();
  const [checkpoint, setCheckpoint] = useState("");
  const [wrong, setWrong] = useState(false);
  const [progress, setProgress] = useState<{ checked: number; total: number } | null>(null);
  const [verdict, setVerdict] = useState<JournalVerdictView | null>(null);
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const { run, busy, error } = useGuardedAction(async () => {
    const ending = new AbortController();
    stop.current = ending;
    setVerdict(null);
    setProgress({ checked: 0, total: 1 });
    try {
      setVerdict(await verify(checkpoint, setProgress, ending.signal));
    } catch (reason) {
      if (!ending.signal.aborted) throw reason;
    } finally {
      setProgress(null);
    }
  });
  return (
    <PanelGroup title={t("journal.chain")} intro={t("journal.chainIntro")}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const fits = checkpoint.trim() === "" || CHECKPOINT_SHAPE.test(checkpoint.trim());
          setWrong(!fits);
          if (fits) run();
        }}
      >
        <TextField
          label={t("journal.checkpoint")}
          hint={t("journal.checkpointHint")}
          error={wrong ? t("journal.wrongCheckpoint") : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={90}
          value={checkpoint}
          onChange={(event) => {
            setCheckpoint(event.target.value);
            setWrong(false);
          }}
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" tone="secondary" icon="shield" busy={busy}>
            {t("journal.verify")}
          </Button>
          {busy && (
            <Button tone="quiet" onClick={() => stop.current?.abort()}>
              {t("journal.stop")}
            </Button>
          )}
        </div>
      </form>
      {progress && (
        <label className="flex w-full flex-col gap-2">
          <span className="text-soft text-sm tabular-nums">{t("journal.verifying", progress)}</span>
          <progress
            className="h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
            max={Math.max(1, progress.total)}
            value={progress.checked}
          />
        </label>
      )}
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <div role="status" className="empty:hidden">
        {verdict && <JournalVerdict verdict={verdict} />}
      </div>
    </PanelGroup>
  );
}
