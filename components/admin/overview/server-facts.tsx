"use client";

import type { ReactElement } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { FactList } from "@/components/ui/fact-list";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { OverviewView } from "@/lib/protocol/http/admin/overview";
import { useAmounts } from "./amounts";

/** @param stale the last question got no answer */
export function ServerFacts(props: { overview: OverviewView; stale: boolean }): ReactElement {
  const { t, locale } = useI18n();
  const { bytes, number } = useAmounts();
  const { server, database, storedFiles, disk, filesDisk, queues } = props.overview;
  const freeOf = (label: string, space: typeof disk): [string, string][] =>
    space ? [[label, t("overview.free", { free: bytes(space.free), total: bytes(space.total) })]] : [];
  const nodes: [string, string][] =
    server.linked === null
      ? []
      : [[t("overview.nodes"), t(server.linked ? "overview.linked" : "overview.unlinked")]];
  const facts: [string, string][] = [
    [t("overview.health"), t(props.stale ? "overview.stale" : "overview.healthy")],
    ...nodes,
    [t("overview.waitingMessages"), number(queues.messages)],
    [t("overview.waitingPasswords"), number(queues.passwords)],
    [t("overview.waitingDatabase"), number(queues.database)],
    [t("overview.version"), server.version],
    [t("overview.since"), formatTime(server.startedAt, locale, "moment")],
    [t("overview.database"), bytes(database.bytes)],
    [
      t("overview.storedFiles"),
      storedFiles.reached
        ? t("overview.filesOf", { count: storedFiles.count, bytes: bytes(storedFiles.bytes) })
        : t("overview.filesAway"),
    ],
    ...freeOf(t("overview.disk"), disk),
    ...freeOf(t("overview.filesDisk"), filesDisk),
    [t("overview.mariadb"), database.version],
    [t("overview.node"), server.node],
  ];
  return (
    <PanelGroup title={t("overview.server")}>
      <FactList facts={facts} />
    </PanelGroup>
  );
}
