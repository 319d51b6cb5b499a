"use client";

import type { ReactElement } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Table } from "@/components/ui/table";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { OverviewView } from "@/lib/protocol/http/admin/overview";
import { useAmounts } from "./amounts";

const HEIGHT = 40;
const STEP = 10;
const BAR = 7;

/** How much of something happened on each day: bars for the eye, a table for everybody. */
export function DayChart(props: {
  title: string;
  days: OverviewView["messages"];
  /** Days that share what they count have no sum. */
  unadded?: boolean;
}): ReactElement {
  const { t } = useI18n();
  const { day: dayText, number } = useAmounts();
  const { title, days, unadded = false } = props;
  const most = Math.max(1, ...days.map(({ count }) => count));
  const sum = days.reduce((total, { count }) => total + count, 0);
  const [first, last] = [days[0], days.at(-1)];
  return (
    <PanelGroup
      title={title}
      intro={unadded ? undefined : t("overview.sum", { count: sum, days: days.length })}
    >
      <div aria-hidden="true" className="rounded-xl border border-line bg-raised px-4 pt-4 pb-2">
        <svg
          viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-28 w-full"
          aria-hidden="true"
        >
          {days.map(({ day, count }, place) => {
            // What happened at all is to be seen.
            const height = count === 0 ? 0.4 : Math.max(1, (count / most) * HEIGHT);
            return (
              <rect
                key={day}
                x={place * STEP + (STEP - BAR) / 2}
                y={HEIGHT - height}
                width={BAR}
                height={height}
                className={count === 0 ? "fill-line" : "fill-accent"}
              >
                <title>{`${dayText(day)}: ${number(count)}`}</title>
              </rect>
            );
          })}
        </svg>
        <p className="flex justify-between pt-1 text-faint text-xs">
          <span>{first && dayText(first.day)}</span>
          <span>{last && dayText(last.day)}</span>
        </p>
      </div>
      <details>
        <summary className="target flex w-fit items-center rounded-lg py-1.5 text-accent text-sm">
          {t("overview.asTable")}
        </summary>
        <Table
          label={title}
          rows={days.toReversed()}
          rowKey={({ day }) => String(day)}
          rowName={({ day }) => dayText(day)}
          empty={null}
          columns={[
            { id: "day", title: t("overview.day"), cell: ({ day }) => dayText(day) },
            { id: "count", title: t("overview.count"), numeric: true, cell: ({ count }) => number(count) },
          ]}
        />
      </details>
    </PanelGroup>
  );
}
