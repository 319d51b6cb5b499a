"use client";

import type { ReactElement } from "react";
import { fetchSearchPane } from "@/components/search/load-pane";
import { IconButton } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { closeSearch, openSearch, useSearchRoute } from "@/lib/client/hooks/use-search-route";
import type { Conversation } from "@/lib/client/model";

/** Looks for messages in this conversation; its code comes with the first approach. */
export function SearchButton({ conversation: { id } }: { conversation: Conversation }): ReactElement {
  const { t } = useI18n();
  const open = useSearchRoute();
  return (
    <IconButton
      icon="search"
      label={t("search.here")}
      aria-expanded={open}
      onPointerEnter={fetchSearchPane}
      onFocus={fetchSearchPane}
      onClick={() => (open ? closeSearch(id) : openSearch(id, id))}
      className="-me-2 shrink-0"
    />
  );
}
