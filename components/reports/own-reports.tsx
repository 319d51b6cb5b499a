"use client";

import { type ReactElement, useCallback, useEffect } from "react";
import { PanelFailed, PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName } from "@/lib/client/hooks/person-name";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useReports } from "@/lib/client/hooks/use-reports";

/** What this person reported, and what became of it. Looking at it is being told. */
export function OwnReports(): ReactElement {
  const { t, locale } = useI18n();
  const reports = useReports();
  const news = useMessengerState((state) => state.news);
  const conversations = useMessengerState((state) => state.conversations);
  const { value, error, reload } = useLoaded(useCallback(() => reports.own(), [reports]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of the server's hints is a reason to look again.
  useEffect(reload, [news]);
  const untold = value?.some(({ decision, seen }) => decision !== null && !seen) ?? false;
  useEffect(() => {
    // What cannot be said now is said at the next look.
    if (untold) reports.markSeen().catch(() => undefined);
  }, [reports, untold]);
  const nameOf = (id: string): string => {
    const conversation = conversations?.find((one) => one.id === id);
    return conversation ? conversationName(conversation, t) : t("reports.elsewhere");
  };
  return (
    <PanelGroup title={t("reports.own")} intro={t("reports.ownIntro")}>
      {!value && (error === null ? <PanelSkeleton /> : <PanelFailed error={error} onRetry={reload} />)}
      {value?.length === 0 && <p className="text-faint">{t("reports.ownNone")}</p>}
      {value && value.length > 0 && (
        <ol className="flex flex-col divide-y divide-line">
          {value.map(({ id, conversation, at, decision }) => (
            <li key={id} className="py-2.5 wrap-anywhere">
              <p>{t(`outcome.${decision ?? "open"}`)}</p>
              <p className="text-faint text-sm">
                {t("reports.ownWhere", {
                  name: nameOf(conversation),
                  time: formatTime(at, locale, "moment"),
                })}
              </p>
            </li>
          ))}
        </ol>
      )}
    </PanelGroup>
  );
}
