"use client";

import { useEffect, useRef, useState } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { chooseTarget } from "@/lib/client/hooks/save-file";
import { formatClock, formatExact, formatTime } from "@/lib/client/hooks/time-format";
import { useAccount } from "@/lib/client/hooks/use-account";
import { errorCode } from "@/lib/client/hooks/use-error-text";
import { useStepUp } from "@/lib/client/hooks/use-step-up";
import type { ExportProgress, PreparedExport } from "@/lib/client/model-account";

export type ExportState =
  | { readonly step: "idle" | "preparing" | "cancelled" }
  | { readonly step: "ready"; readonly prepared: PreparedExport }
  | { readonly step: "writing"; readonly prepared: PreparedExport; readonly progress: ExportProgress }
  | { readonly step: "done"; readonly progress: ExportProgress }
  | { readonly step: "failed"; readonly error: unknown };

const NOTHING: ExportProgress = { conversations: 0, messages: 0, unreadable: 0, waiting: false };

/** From the wish to the file. Two presses: the place of the file may be asked for in answer to one only. */
export function useExport() {
  const { locale, t } = useI18n();
  const { guard } = useStepUp();
  const { export: exporting } = useAccount();
  const [state, setState] = useState<ExportState>({ step: "idle" });
  const running = useRef<AbortController | null>(null);
  // Leaving the settings ends it: nobody would see how it goes on.
  useEffect(() => () => running.current?.abort(), []);
  const isWriting = state.step === "writing";
  useEffect(() => {
    if (!isWriting) return;
    // The key that leaves the settings must not end it unseen: there is a button for that.
    const stay = (event: KeyboardEvent): void => {
      if (event.key === "Escape") event.preventDefault();
    };
    document.addEventListener("keydown", stay);
    return () => document.removeEventListener("keydown", stay);
  }, [isWriting]);

  const prepare = async (): Promise<void> => {
    setState({ step: "preparing" });
    try {
      setState({ step: "ready", prepared: await guard(() => exporting.prepare()) });
    } catch (error) {
      setState(errorCode(error) === "step-up-required" ? { step: "idle" } : { step: "failed", error });
    }
  };

  const save = async (prepared: PreparedExport): Promise<void> => {
    let progress = NOTHING;
    const abort = new AbortController();
    try {
      const target = await chooseTarget(prepared.fileName);
      if (!target) return;
      running.current = abort;
      setState({ step: "writing", prepared, progress });
      const stream = await prepared.open({
        words: {
          locale,
          t,
          day: (at) => formatTime(at, locale, "fullDayOfYear"),
          clock: (at) => formatClock(at, locale),
          exact: (at) => formatExact(at, locale),
        },
        host: location.host,
        signal: abort.signal,
        onProgress(now) {
          progress = now;
          if (!abort.signal.aborted) setState({ step: "writing", prepared, progress });
        },
      });
      await target.write(stream, abort.signal);
      setState({ step: "done", progress });
    } catch (error) {
      setState(abort.signal.aborted ? { step: "cancelled" } : { step: "failed", error });
    } finally {
      running.current = null;
    }
  };

  return { state, prepare, save, cancel: () => running.current?.abort() };
}
