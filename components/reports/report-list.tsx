"use client";

import { type ReactElement, type ReactNode, useCallback, useEffect, useState } from "react";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { ConversationId } from "@/lib/base/ids";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useReports } from "@/lib/client/hooks/use-reports";
import type { ReceivedReport, ReportDecision } from "@/lib/client/model-reports";
import { ReportCard } from "./report-card";

/**
 * What was reported to this person, kept current while it is looked at.
 * @param conversation null for what goes to those who run the server
 * @param actions what else can be done about one
 */
export function ReportList(props: {
  conversation: ConversationId | null;
  actions: (report: ReceivedReport) => ReactNode;
}): ReactElement {
  const { conversation, actions } = props;
  const { t } = useI18n();
  const toast = useToast();
  const errorText = useErrorText();
  const reports = useReports();
  const news = useMessengerState((state) => state.news);
  const [pages, setPages] = useState(1);
  const load = useCallback(async () => {
    const all: ReceivedReport[] = [];
    let more = true;
    for (let page = 0; more && page < pages; page++) {
      const next = await reports.received(conversation, all.at(-1)?.id);
      all.push(...next.reports);
      more = next.more;
    }
    return { all, more };
  }, [reports, conversation, pages]);
  const { value, error, reload } = useLoaded(load);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of the server's hints is a reason to look again.
  useEffect(reload, [news]);
  const decide = useAction(async (id: ReceivedReport["id"], decision: ReportDecision) => {
    try {
      await reports.decide(id, decision);
    } catch (reason) {
      const taken = (reason as { code?: string }).code === "conflict";
      toast(taken ? t("reports.faster") : errorText(reason));
    }
    reload();
  });

  if (!value) return error === null ? <PanelSkeleton /> : <PanelFailed error={error} onRetry={reload} />;
  const { all, more } = value;
  if (all.length === 0) return <p className="text-faint">{t("reports.none")}</p>;
  return (
    <>
      <ol className="flex flex-col gap-4">
        {all.map((report) => (
          <li key={report.id}>
            <ReportCard
              report={report}
              busy={decide.busy}
              onDecide={(decision) => decide.run(report.id, decision)}
            >
              {actions(report)}
            </ReportCard>
          </li>
        ))}
      </ol>
      {more && (
        <Button tone="secondary" className="self-start" onClick={() => setPages(pages + 1)}>
          {t("reports.more")}
        </Button>
      )}
    </>
  );
}
