"use client";

import { type ReactElement, useCallback } from "react";
import { SidePane, SidePaneFailed, SidePaneLoading } from "@/components/messenger/side-pane";
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
      loading={<SidePaneLoading />}
      failed={(error, retry) => <SidePaneFailed error={error} onRetry={retry} />}
    >
      <Pane open={open} />
    </SearchTexts>
  );
}

function Pane({ open }: { open: Conversation["id"] | null }): ReactElement {
  const { t } = useI18n();
  const close = useCallback(() => closeSearch(open), [open]);
  return (
    <SidePane as="search" title={t("search.title")} closeLabel={t("search.close")} onClose={close}>
      <ErrorBoundary>
        <Finder open={open} />
      </ErrorBoundary>
    </SidePane>
  );
}
