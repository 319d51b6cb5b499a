"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { openMessageRoute } from "@/lib/client/hooks/use-conversation-route";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { ReceivedReport } from "@/lib/client/model-reports";

/** To where the reporter says that the message stands, for who is there too. */
export function JumpToReported({ report }: { report: ReceivedReport }): ReactElement | null {
  const { t } = useI18n();
  const { conversation, opened } = report;
  const isHere = useMessengerState((state) => state.conversations?.some(({ id }) => id === conversation));
  if (!isHere || !opened) return null;
  const { seq } = opened.message;
  return (
    <Button tone="quiet" icon="searchText" onClick={() => openMessageRoute(conversation, seq)}>
      {t("reports.jump")}
    </Button>
  );
}
