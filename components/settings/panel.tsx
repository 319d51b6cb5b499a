"use client";

import type { ReactElement, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";

/** One subject of a panel: what it is, a sentence about it, and what can be done. */
export function PanelGroup(props: { title: string; intro?: ReactNode; children: ReactNode }): ReactElement {
  return (
    <section className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h3 className="font-serif text-xl">{props.title}</h3>
        {props.intro && <p className="text-pretty text-soft">{props.intro}</p>}
      </div>
      {props.children}
    </section>
  );
}

export function PanelSkeleton(): ReactElement {
  return (
    <div className="flex w-full max-w-2xl animate-late flex-col gap-4">
      <Skeleton className="h-6 w-44 rounded" />
      <Skeleton className="h-24 w-full rounded-xl" />
      <Skeleton className="h-24 w-full rounded-xl" />
    </div>
  );
}

/** Code that the server has no more, as after an upgrade, comes with a new page only. */
function isMissingCode(error: unknown): boolean {
  return error instanceof Error && error.name === "ChunkLoadError" && navigator.onLine;
}

/** What could not be loaded or done, with a second chance. */
export function PanelFailed({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  return (
    <div className="flex flex-col items-start gap-4">
      <Notice tone="danger">{errorText(error)}</Notice>
      <Button
        tone="secondary"
        icon="retry"
        onClick={() => (isMissingCode(error) ? location.reload() : onRetry())}
      >
        {t("common.retry")}
      </Button>
    </div>
  );
}
