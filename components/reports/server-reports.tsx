"use client";

import type { ReactElement } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { useI18n } from "@/lib/client/hooks/i18n";
import { ReportList } from "./report-list";
import { ServerActions } from "./server-actions";

/** What was reported to those who run this server; below LateReports, wherever they look at it. */
export function ServerReports(): ReactElement {
  const { t } = useI18n();
  return (
    <PanelGroup title={t("reports.server")} intro={t("reports.serverIntro")}>
      <ReportList conversation={null} actions={(report) => <ServerActions report={report} />} />
    </PanelGroup>
  );
}
