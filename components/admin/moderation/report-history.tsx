"use client";

import type { ReactElement } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelGroup } from "@/components/settings/panel";
import { SelectField } from "@/components/ui/select-field";
import { Table } from "@/components/ui/table";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { usePages } from "@/lib/client/hooks/use-pages";
import type { Person } from "@/lib/client/model-person";
import { REPORT_STATES, type ReportRow, type ReportState } from "@/lib/protocol/http/admin/moderation";

/** Reports with who decided what about them, newest first. */
export function ReportHistory(props: {
  state: ReportState;
  onState: (state: ReportState) => void;
  pages: ReturnType<typeof usePages<ReportRow>>;
}): ReactElement {
  const { state, onState, pages } = props;
  const { rows, error, reload, busy, older, newer } = pages;
  const { t, locale } = useI18n();
  const { may } = useAdmin();
  const moment = (at: number): string => formatTime(at, locale, "moment");
  const nameOf = (person: Person | null): string =>
    person && !person.deleted ? person.displayName : t("serverReports.gone");

  function decisionOf(row: ReportRow): ReactElement {
    const { decision, decidedBy, decidedAt, measure, erased, about } = row;
    if (decision === null || decidedAt === null) return <>{t("serverReports.undecided")}</>;
    const name = nameOf(about);
    const done = [
      ...(measure ? [t(`serverReports.measure.${measure}`, { name })] : []),
      ...(erased ? [t("serverReports.erased", { name })] : []),
    ];
    return (
      <>
        {t(`serverReports.${decision}`, { name: nameOf(decidedBy), time: moment(decidedAt) })}
        {done.map((one) => (
          <span key={one} className="block">
            {one}
          </span>
        ))}
      </>
    );
  }

  function placeOf({ room }: ReportRow): ReactElement {
    if (!room) return <>{t("serverReports.direct")}</>;
    const title = <bdi>{room.name ?? t("serverReports.private")}</bdi>;
    if (!may("see-rooms")) return title;
    return (
      <a
        href={adminHref("rooms", room.id)}
        className="target -my-2 inline-flex items-center text-accent underline underline-offset-3"
      >
        {title}
      </a>
    );
  }

  return (
    <PanelGroup title={t("serverReports.history")} intro={t("serverReports.historyIntro")}>
      <div className="max-w-60">
        <SelectField
          label={t("serverReports.show")}
          value={state}
          choices={REPORT_STATES.map((value) => ({ value, label: t(`serverReports.state.${value}`) }))}
          onChange={onState}
        />
      </div>
      <Table
        label={t("serverReports.history")}
        rows={rows}
        failed={error !== null && rows === null && <AdminFailed error={error} onRetry={reload} />}
        rowKey={({ id }) => id}
        rowName={({ reporter }) => nameOf(reporter)}
        empty={t("serverReports.none")}
        busy={busy}
        older={older}
        newer={newer}
        columns={[
          {
            id: "reporter",
            title: t("serverReports.reporter"),
            cell: ({ reporter }) => <bdi>{nameOf(reporter)}</bdi>,
          },
          { id: "where", title: t("serverReports.where"), cell: placeOf },
          { id: "decision", title: t("serverReports.decision"), cell: decisionOf },
          { id: "at", title: t("serverReports.at"), numeric: true, cell: ({ at }) => moment(at) },
        ]}
      />
    </PanelGroup>
  );
}
