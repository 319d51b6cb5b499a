"use client";

import { type ReactElement, useEffect } from "react";
import { BESIDE_CLASS } from "@/components/messenger/shell-layout";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { IconButton } from "@/components/ui/button";
import { ErrorBoundary } from "@/components/ui/error-boundary";
import { useI18n } from "@/lib/client/hooks/i18n";
import { SearchTexts } from "@/lib/client/hooks/search-texts";
import { closeSearch } from "@/lib/client/hooks/use-search-route";
import type { Conversation } from "@/lib/client/model";
import { Finder } from "./finder";

/** Finding messages, beside the open conversation or alone. */
export function SearchPane({ open }: { open: Conversation["id"] | null }): ReactElement {
  return (
    <SearchTexts
      loading={
        <div className={BESIDE_CLASS}>
          <div className="p-5">
            <PanelSkeleton />
          </div>
        </div>
      }
      failed={(error, retry) => (
        <div className={BESIDE_CLASS}>
          <div className="p-5">
            <PanelFailed error={error} onRetry={retry} />
          </div>
        </div>
      )}
    >
      <Pane open={open} />
    </SearchTexts>
  );
}

function Pane({ open }: { open: Conversation["id"] | null }): ReactElement {
  const { t } = useI18n();
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      // A dialog or menu on top has taken the key already.
      if (event.key === "Escape" && !event.defaultPrevented) closeSearch(open);
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [open]);
  const close = (): void => closeSearch(open);
  return (
    <search aria-label={t("search.title")} className={BESIDE_CLASS}>
      <header className="flex h-15 shrink-0 items-center gap-2 border-line border-b px-3 sm:px-4">
        <IconButton
          icon="arrowLeft"
          label={t("search.close")}
          onClick={close}
          className="-ms-2 min-[1100px]:hidden"
        />
        <h2 className="min-w-0 flex-1 truncate font-semibold">{t("search.title")}</h2>
        <IconButton
          icon="close"
          label={t("search.close")}
          onClick={close}
          className="-me-2 max-[1100px]:hidden"
        />
      </header>
      <ErrorBoundary>
        <Finder />
      </ErrorBoundary>
    </search>
  );
}
