"use client";

import { type ReactElement, useEffect, useState } from "react";
import { AttentionBar } from "@/components/messenger/attention-bar";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { openConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useReports } from "@/lib/client/hooks/use-reports";
import { openReports } from "@/lib/client/hooks/use-reports-route";
import type { WaitingReports } from "@/lib/client/model-reports";

/** What those who run the server say to this person, reports that wait for them, and what became of their own, until they have looked. */
export function ReportNews(): ReactElement | null {
  const { t } = useI18n();
  const reports = useReports();
  const count = useMessengerState((state) => state.news);
  const online = useMessengerState((state) => state.connection === "online");
  const [waiting, setWaiting] = useState<WaitingReports | null>(null);
  /** How many there were when the person put them off. */
  const [putOff, setPutOff] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of the server's hints, and each return, is a reason to ask.
  useEffect(() => {
    if (!online) return;
    let left = false;
    // What cannot be asked now is asked at the next hint or return.
    reports.waiting().then(
      (found) => left || setWaiting(found),
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [reports, count, online]);

  if (!waiting) return null;
  const { open, outcomes, warnings } = waiting;
  const [warning] = warnings;
  if (warning) {
    const read = (): void => {
      setWaiting({ ...waiting, warnings: warnings.slice(1) });
      // What could not be said is shown again.
      reports.readWarning(warning.id).catch(() => undefined);
    };
    return (
      <AttentionBar
        icon="alert"
        title={t("warning.title")}
        body={
          <span dir="auto" className="whitespace-pre-wrap">
            {warning.text}
          </span>
        }
      >
        <Button tone="secondary" onClick={read}>
          {t("warning.read")}
        </Button>
      </AttentionBar>
    );
  }
  const total = [...open.values()].reduce((sum, one) => sum + one, 0);
  const show = (): void => {
    const [place] = outcomes > 0 ? [null] : open.keys();
    if (place) openConversationRoute(place, "details=reports");
    else openReports();
    setWaiting(null);
  };
  if (outcomes > 0) {
    const later = (): void => {
      setWaiting({ ...waiting, outcomes: 0 });
      reports.markSeen().catch(() => undefined);
    };
    return (
      <Bar
        title={t("reportNews.outcome", { count: outcomes })}
        body={t("reportNews.outcomeBody")}
        {...{ show, later }}
      />
    );
  }
  if (total <= putOff) return null;
  return (
    <Bar
      title={t("reportNews.open", { count: total })}
      body={t("reportNews.openBody")}
      show={show}
      later={() => setPutOff(total)}
    />
  );
}

function Bar(props: { title: string; body: string; show: () => void; later: () => void }): ReactElement {
  const { t } = useI18n();
  return (
    <AttentionBar icon="flag" title={props.title} body={props.body}>
      <Button tone="quiet" onClick={props.later}>
        {t("reportNews.later")}
      </Button>
      <Button tone="secondary" onClick={props.show}>
        {t("reportNews.show")}
      </Button>
    </AttentionBar>
  );
}
