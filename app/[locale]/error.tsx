"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import { useI18n } from "@/lib/client/hooks/i18n";

/** A view that failed while drawing. What was sent or received is not touched by it. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }): ReactElement {
  const { t } = useI18n();
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 p-6 text-center">
      <Mark className="size-14" />
      <h1 className="mt-2 text-balance font-serif text-2xl">{t("page.errorTitle")}</h1>
      <p role="alert" className="max-w-md text-pretty text-soft">
        {t("page.errorBody")}
      </p>
      <Button icon="retry" className="mt-3" onClick={reset}>
        {t("common.retry")}
      </Button>
    </main>
  );
}
