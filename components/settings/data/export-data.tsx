"use client";

import type { ReactElement } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { savesToDisk } from "@/lib/client/hooks/save-file";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import type { ExportProgress, PreparedExport } from "@/lib/client/model-account";
import { useExport } from "./use-export";

export function ExportData(): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { state, prepare, save, cancel } = useExport();
  const { step } = state;
  const counted = (count: number) => t("export.counts", { count });
  return (
    <PanelGroup title={t("export.panel")} intro={t("export.intro")}>
      {step === "failed" && <Notice tone="danger">{errorText(state.error)}</Notice>}
      {step === "cancelled" && <Notice>{t("export.cancelled")}</Notice>}
      {step === "done" && (
        <Notice icon="check">
          {t("export.done", { messages: counted(state.progress.messages) })}
          {state.progress.unreadable > 0 && (
            <p>{t("export.doneUnreadable", { count: state.progress.unreadable })}</p>
          )}
        </Notice>
      )}
      {step === "ready" && <Ready prepared={state.prepared} onSave={save} />}
      {step === "writing" && <Writing {...state} onCancel={cancel} />}
      {step !== "ready" && step !== "writing" && (
        <Button
          tone="secondary"
          icon="download"
          className="self-start"
          busy={step === "preparing"}
          onClick={prepare}
        >
          {t(step === "done" ? "export.again" : "export.prepare")}
        </Button>
      )}
    </PanelGroup>
  );
}

function Ready(props: {
  prepared: PreparedExport;
  onSave: (prepared: PreparedExport) => void;
}): ReactElement {
  const { t } = useI18n();
  const { prepared, onSave } = props;
  return (
    <div className="flex flex-col items-start gap-4">
      <p>
        {t("export.ready", {
          conversations: t("export.conversationCount", { count: prepared.conversations }),
          messages: t("export.counts", { count: prepared.messages }),
        })}{" "}
        <span className="text-soft">{t(savesToDisk() ? "export.toDisk" : "export.toMemory")}</span>
      </p>
      <Notice tone="warn" className="w-full">
        {t("export.open")}
      </Notice>
      <Button icon="download" onClick={() => onSave(prepared)}>
        {t("export.save")}
      </Button>
    </div>
  );
}

function Writing(props: {
  prepared: PreparedExport;
  progress: ExportProgress;
  onCancel: () => void;
}): ReactElement {
  const { t } = useI18n();
  const { prepared, progress, onCancel } = props;
  const done = t("export.progress", {
    done: progress.messages,
    messages: t("export.counts", { count: prepared.messages }),
  });
  return (
    <div className="flex flex-col items-start gap-4">
      <label className="flex w-full flex-col gap-2">
        <span className="text-soft text-sm tabular-nums">{done}</span>
        <progress
          className="h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
          max={Math.max(1, prepared.messages)}
          value={progress.messages}
        />
      </label>
      {progress.waiting && (
        <Notice tone="warn" className="w-full">
          {t("export.waiting")}
        </Notice>
      )}
      <Button tone="secondary" onClick={onCancel}>
        {t("export.cancel")}
      </Button>
    </div>
  );
}
