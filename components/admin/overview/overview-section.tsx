"use client";

import { type ReactElement, useCallback, useState } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { ChoiceRow } from "@/components/ui/choice-row";
import { Table } from "@/components/ui/table";
import { OverviewProvider, useOverview } from "@/lib/client/hooks/admin/overview";
import { useLive } from "@/lib/client/hooks/admin/use-guarded";
import { useI18n } from "@/lib/client/hooks/i18n";
import { OVERVIEW_DAYS, type OverviewDays, type OverviewView } from "@/lib/protocol/http/admin/overview";
import { useAmounts } from "./amounts";
import { DayChart } from "./day-chart";
import { Figures } from "./figures";
import { ServerFacts } from "./server-facts";

const EVERY_MS = 5_000;

const failed = (error: unknown, retry: () => void) => <AdminFailed error={error} onRetry={retry} />;

/** How the server fares, as it is now. */
export function OverviewSection(): ReactElement {
  return (
    <OverviewProvider loading={<PanelSkeleton />} failed={failed}>
      <Overview />
    </OverviewProvider>
  );
}

function Overview(): ReactElement {
  const { t } = useI18n();
  const { read } = useOverview();
  const [days, setDays] = useState<OverviewDays>("30");
  const { value, error, reload } = useLive(
    useCallback(() => read(days), [read, days]),
    EVERY_MS,
  );
  if (!value) return error === null ? <PanelSkeleton /> : failed(error, reload);
  const { people, activePeople, messages, files, signIns, failedSignIns, openFailures } = value;
  return (
    <>
      <PanelGroup title={t("overview.people")} intro={t("overview.utc")}>
        <Figures
          figures={[
            { title: t("overview.total"), count: people.total },
            {
              title: t("overview.connected"),
              count: people.connected,
              more: t("overview.sockets", { count: people.sockets }),
            },
            { title: t("overview.today"), count: people.today },
            { title: t("overview.week"), count: people.week },
            { title: t("overview.month"), count: people.month },
          ]}
        />
      </PanelGroup>
      <ChoiceRow
        label={t("overview.days")}
        value={days}
        choices={OVERVIEW_DAYS.map((value) => ({
          value,
          label: t("overview.lastDays", { count: Number(value) }),
        }))}
        onChange={setDays}
      />
      {/* People of several days are not added up: most of them are the same. */}
      <DayChart title={t("overview.activePeople")} days={activePeople} unadded />
      <DayChart title={t("overview.messages")} days={messages} />
      <DayChart title={t("overview.files")} days={files} />
      <DayChart title={t("overview.signIns")} days={signIns} />
      <DayChart title={t("overview.failedSignIns")} days={failedSignIns} />
      <OpenFailures failures={openFailures} />
      <ServerFacts overview={value} stale={error !== null} />
    </>
  );
}

/** Causes of a newer browser may have no word here. */
const KNOWN = [
  "waiting-for-key",
  "unknown-sender",
  "bad-signature",
  "malformed",
  "identity-changed",
  "broken-record",
] as const;

function OpenFailures({ failures }: { failures: OverviewView["openFailures"] }): ReactElement {
  const { t } = useI18n();
  const { number } = useAmounts();
  const causeOf = (cause: string): string => {
    const known = KNOWN.find((each) => each === cause);
    return known ? t(`overview.cause.${known}`) : cause;
  };
  return (
    <PanelGroup title={t("overview.openFailures")} intro={t("overview.openFailuresIntro")}>
      <Table
        label={t("overview.openFailures")}
        rows={failures}
        rowKey={({ cause }) => cause}
        rowName={({ cause }) => causeOf(cause)}
        empty={t("overview.none")}
        columns={[
          { id: "cause", title: t("overview.cause"), cell: ({ cause }) => causeOf(cause) },
          { id: "count", title: t("overview.count"), numeric: true, cell: ({ count }) => number(count) },
        ]}
      />
    </PanelGroup>
  );
}
