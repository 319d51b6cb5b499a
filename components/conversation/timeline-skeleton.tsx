"use client";

import type { ReactElement } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { useI18n } from "@/lib/client/hooks/i18n";

export function TimelineSkeleton(): ReactElement {
  const { t } = useI18n();
  return (
    <div role="status" className="min-h-0 flex-1 overflow-hidden">
      <span className="sr-only">{t("timeline.loading")}</span>
      <div className="mx-auto flex h-full max-w-3xl animate-late flex-col justify-end gap-3 px-5 pb-4">
        <Skeleton className="h-10 w-2/5 rounded-2xl" />
        <Skeleton className="h-16 w-3/5 rounded-2xl" />
        <Skeleton className="h-10 w-1/2 self-end rounded-2xl" />
        <Skeleton className="h-10 w-1/3 rounded-2xl" />
        <Skeleton className="h-14 w-3/5 self-end rounded-2xl" />
      </div>
    </div>
  );
}
