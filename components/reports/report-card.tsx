"use client";

import type { ReactElement, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { personName } from "@/lib/client/hooks/person-name";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { OpenedReport, ReceivedReport, ReportDecision } from "@/lib/client/model-reports";
import { ReportedWords } from "./reported-words";

/** One report with what it shows, and the decision about it. @param children what else can be done */
export function ReportCard(props: {
  report: ReceivedReport;
  busy: boolean;
  onDecide: (decision: ReportDecision) => void;
  children?: ReactNode;
}): ReactElement {
  const { report, busy, onDecide, children } = props;
  const { t, locale } = useI18n();
  const { reporter, opened, decision, at } = report;
  const name = personName(reporter, t);
  const decider = useMessengerState((state) => decision?.by && state.people.get(decision.by));
  return (
    <article
      aria-label={t("reports.by", { name })}
      className="flex flex-col gap-3 rounded-xl border border-line bg-raised p-4"
    >
      <header className="flex flex-wrap items-baseline justify-between gap-x-3">
        <p className="font-medium wrap-anywhere">
          {opened ? t(`reason.${opened.reason}`) : t("reports.by", { name })}
        </p>
        <p className="text-faint text-xs wrap-anywhere">
          {opened && `${t("reports.by", { name })} · `}
          <time dateTime={new Date(at).toISOString()}>{formatTime(at, locale, "moment")}</time>
        </p>
      </header>
      {opened ? <Shown opened={opened} reporter={name} /> : <Notice tone="warn">{t("reports.lost")}</Notice>}
      {children}
      {decision ? (
        <p className="text-soft text-sm wrap-anywhere">
          {t(`reports.${decision.outcome}By`, {
            name: decider ? personName(decider, t) : t("people.unknown"),
            time: formatTime(decision.at, locale, "moment"),
          })}
          {decision.measure && ` · ${t(`measure.${decision.measure}.done`)}`}
          {decision.erased && ` · ${t("act.erased")}`}
        </p>
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button busy={busy} onClick={() => onDecide("acted")} icon="check">
            {t("reports.act")}
          </Button>
          <Button tone="secondary" busy={busy} onClick={() => onDecide("dismissed")}>
            {t("reports.dismiss")}
          </Button>
        </div>
      )}
    </article>
  );
}

function Shown({ opened, reporter }: { opened: OpenedReport; reporter: string }): ReactElement {
  const { t } = useI18n();
  const { message, around, note, signed } = opened;
  return (
    <>
      {!signed && <Notice tone="danger">{t("reports.unsigned", { name: reporter })}</Notice>}
      {note && (
        <p dir="auto" className="text-pretty whitespace-pre-wrap wrap-anywhere">
          {t("reports.quoted", { note })}
        </p>
      )}
      <ReportedWords message={message} />
      {around.length > 0 && (
        <details>
          <summary className="target flex w-fit cursor-pointer items-center gap-1.5 text-soft text-sm">
            <Icon name="chevronDown" className="size-4" />
            {t("reports.around", { count: around.length })}
          </summary>
          <ol className="flex flex-col gap-4 pt-2">
            {[...around, message]
              .sort((a, b) => a.seq - b.seq)
              .map((one) => (
                <li key={one.id}>
                  {one === message ? (
                    <p className="border-accent border-s-2 ps-2.5 text-soft text-sm">{t("reports.here")}</p>
                  ) : (
                    <ReportedWords message={one} />
                  )}
                </li>
              ))}
          </ol>
        </details>
      )}
    </>
  );
}
