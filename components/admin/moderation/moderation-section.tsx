"use client";

import { type ReactElement, useCallback, useState } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { Notice } from "@/components/ui/notice";
import { ModerationProvider, useModerationCalls } from "@/lib/client/hooks/admin/moderation";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import { usePages } from "@/lib/client/hooks/use-pages";
import { useStepUp } from "@/lib/client/hooks/use-step-up";
import type { ModerationPage, ReportRow, ReportState } from "@/lib/protocol/http/admin/moderation";
import { ReportHistory } from "./report-history";

const failed = (error: unknown, retry: () => void) => <AdminFailed error={error} onRetry={retry} />;

/** What was reported to those who run this server: what waits, and who decided what. */
export function ModerationSection(): ReactElement {
  return (
    <ModerationProvider loading={<PanelSkeleton />} failed={failed}>
      <Moderation />
    </ModerationProvider>
  );
}

function Moderation(): ReactElement {
  const { list } = useModerationCalls();
  const { guard } = useStepUp();
  const [state, setState] = useState<ReportState>("all");
  const [waiting, setWaiting] = useState<ModerationPage["waiting"] | null>(null);
  const load = useCallback(
    async (after: string | null) => {
      const page = await guard(() => list(state, after));
      setWaiting(page.waiting);
      return page;
    },
    [guard, list, state],
  );
  const pages = usePages<ReportRow>(load);
  return (
    <>
      {waiting && <Waiting {...waiting} />}
      <ReportHistory state={state} onState={setState} pages={pages} />
    </>
  );
}

function Waiting({ count, since }: ModerationPage["waiting"]): ReactElement {
  const { t, locale } = useI18n();
  const { may } = useAdmin();
  return (
    <PanelGroup title={t("serverReports.waiting")} intro={t("serverReports.sealed")}>
      {since === null ? (
        <Notice icon="check">{t("serverReports.nothing")}</Notice>
      ) : (
        <Notice icon="flag">
          {t("serverReports.count", { count, time: formatTime(since, locale, "moment") })}
        </Notice>
      )}
      {may("moderate") && (
        // Another page: what opens reports is the messenger, with its keys.
        <a
          href="/#reports"
          className="target -ms-2 inline-flex items-center self-start rounded-lg px-2 font-medium text-accent hover:bg-hover"
        >
          {t("serverReports.open")}
        </a>
      )}
    </PanelGroup>
  );
}
