"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { Timeline } from "@/lib/client/model";

/** What stands below a window in the past: newer messages on their way. */
export function TimelineEnd(props: { timeline: Timeline; onRetry: () => void }): ReactElement | null {
  const { t } = useI18n();
  const { timeline, onRetry } = props;
  if (!timeline.hasNewer) return null;
  if (timeline.newer === "failed") {
    return (
      <div className="flex flex-wrap items-center gap-2 px-5 pt-5">
        <Notice tone="danger" className="flex-1">
          {t("timeline.newerFailed")}
        </Notice>
        <Button tone="secondary" icon="retry" onClick={onRetry}>
          {t("common.retry")}
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-2 px-5 pt-5">
      <Skeleton className="h-10 w-2/5 rounded-2xl" />
      <Skeleton className="h-10 w-3/5 self-end rounded-2xl" />
    </div>
  );
}
