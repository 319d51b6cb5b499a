"use client";

import type { ReactElement } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { OverviewView } from "@/lib/protocol/http/admin/overview";
import { useAmounts } from "./amounts";

/** @param stale the last question got no answer */
export function ServerFacts(props: { overview: OverviewView; stale: boolean }): ReactElement {
  const { t, locale } = useI18n();
  const { bytes } = useAmounts();
  const { server, database, disk } = props.overview;
  const facts = [
    [t("overview.health"), t(props.stale ? "overview.stale" : "overview.healthy")],
    [t("overview.version"), server.version],
    [t("overview.since"), formatTime(server.startedAt, locale, "moment")],
    [t("overview.database"), bytes(database.bytes)],
    ...(disk
      ? [[t("overview.disk"), t("overview.free", { free: bytes(disk.free), total: bytes(disk.total) })]]
      : []),
    [t("overview.mariadb"), database.version],
    [t("overview.node"), server.node],
  ];
  return (
    <PanelGroup title={t("overview.server")}>
      <dl className="grid max-w-2xl grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 rounded-xl border border-line bg-raised px-4 py-3">
        {facts.map(([title, fact]) => (
          <div key={title} className="contents">
            <dt className="text-soft">{title}</dt>
            <dd className="wrap-anywhere tabular-nums">{fact}</dd>
          </div>
        ))}
      </dl>
    </PanelGroup>
  );
}
