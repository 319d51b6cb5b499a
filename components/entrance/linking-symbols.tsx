"use client";

import { type ReactElement, useCallback, useState } from "react";
import { SymbolRow } from "@/components/linking/symbol-row";
import { useSecondsLeft } from "@/components/linking/use-seconds-left";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import type { Entrance } from "@/lib/client/model";
import type { LinkBySymbols } from "@/lib/client/model-account";
import { goToMessenger } from "./destinations";
import { Step } from "./step";
import { useLink } from "./use-link";

type Shown = Awaited<ReturnType<LinkBySymbols["symbols"]>> & { readonly signal: AbortSignal };

const begin = (entrance: Entrance) => entrance.linkBySymbols();

export function LinkingSymbols(props: { onCode: () => void; onBack: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const [shown, setShown] = useState<Shown | null>(null);
  const [differed, setDiffered] = useState(false);
  const wait = useCallback(async (link: LinkBySymbols, signal: AbortSignal) => {
    setShown(null);
    const symbols = await link.symbols(signal);
    setShown({ ...symbols, signal });
  }, []);
  const { link, error, again } = useLink(begin, wait);
  const left = useSecondsLeft(link?.expiresAt ?? null);
  // The box is opened only after this side's person has confirmed too (docs/protocol.md §8.2).
  const confirm = useAction(async () => {
    if (!shown) return;
    await shown.finish(shown.signal);
    goToMessenger();
  });
  const differ = useAction(async () => {
    await link?.cancel();
    setShown(null);
    setDiffered(true);
  });
  const failure = error ?? confirm.error ?? differ.error;
  const over = failure !== null || differed || (link !== null && left === 0 && !confirm.busy);
  return (
    <Step
      title={t("linking.newcomerTitle")}
      intro={t(shown && !over ? "linking.symbols" : "linking.symbolsIntro")}
    >
      {over ? (
        <Notice tone={differed ? "danger" : "warn"}>
          {differed
            ? t("linking.differed")
            : failure === null || errorCode(failure) === "link-expired"
              ? t("linking.expired")
              : errorText(failure)}
        </Notice>
      ) : shown ? (
        <>
          <SymbolRow symbols={shown.symbols} />
          {confirm.busy ? (
            <p role="status" className="animate-breathe text-pretty text-soft">
              {t("linking.opening")}
            </p>
          ) : (
            <div className="flex flex-wrap gap-2">
              <Button onClick={confirm.run}>{t("linking.match")}</Button>
              <Button tone="secondary" busy={differ.busy} onClick={differ.run}>
                {t("linking.differ")}
              </Button>
            </div>
          )}
        </>
      ) : (
        <p role="status" className="animate-breathe text-soft">
          {t("linking.waitingHere")}
        </p>
      )}
      {!over && (
        <p className="text-faint text-sm tabular-nums">{t("linking.secondsLeft", { seconds: left })}</p>
      )}
      <div className="flex flex-col items-start gap-1">
        {over && (
          <Button
            className="mb-2"
            icon="retry"
            onClick={() => {
              setDiffered(false);
              confirm.clearError();
              again();
            }}
          >
            {t("common.retry")}
          </Button>
        )}
        <Button tone="quiet" className="-mx-4" onClick={props.onCode}>
          {t("linking.useCode")}
        </Button>
        <Button tone="quiet" className="-mx-4" onClick={props.onBack}>
          {t("linking.back")}
        </Button>
      </div>
    </Step>
  );
}
