"use client";

import { type ReactElement, useCallback, useEffect } from "react";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { IconButton } from "@/components/ui/button";
import { ErrorBoundary } from "@/components/ui/error-boundary";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { useReports } from "@/lib/client/hooks/use-reports";
import { closeReports } from "@/lib/client/hooks/use-reports-route";
import { LateReports } from "./late-reports";
import { OwnReports } from "./own-reports";
import { ServerReports } from "./server-reports";

/** Reports in the place of the conversations. */
export function ReportsPage(): ReactElement {
  return (
    <section className="col-span-full row-start-2 flex min-h-0 min-w-0 flex-col bg-paper">
      <ErrorBoundary>
        <LateReports
          loading={<Padded>{<PanelSkeleton />}</Padded>}
          failed={(error, retry) => (
            <Padded>
              <PanelFailed error={error} onRetry={retry} />
            </Padded>
          )}
        >
          <Opened />
        </LateReports>
      </ErrorBoundary>
    </section>
  );
}

function Opened(): ReactElement {
  const { t } = useI18n();
  const reports = useReports();
  const { value: waiting } = useLoaded(useCallback(() => reports.waiting(), [reports]));
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      // A dialog or menu on top has taken the key already.
      if (event.key === "Escape" && !event.defaultPrevented) closeReports();
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, []);
  return (
    <>
      <header className="flex h-15 shrink-0 items-center gap-2 border-line border-b px-3 sm:px-6">
        <IconButton icon="arrowLeft" label={t("reports.close")} onClick={closeReports} className="-ms-2" />
        <h1 className="truncate font-serif text-xl">{t("reports.title")}</h1>
      </header>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        tabIndex={0}
        aria-label={t("reports.title")}
        className="relative min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        <div className="mx-auto flex w-full max-w-2xl flex-col gap-9 px-4 py-7 sm:px-6">
          <h2 className="sr-only">{t("reports.title")}</h2>
          {waiting?.steward && <ServerReports />}
          <OwnReports />
        </div>
      </section>
    </>
  );
}

function Padded({ children }: { children: ReactElement }): ReactElement {
  return <div className="p-7">{children}</div>;
}
