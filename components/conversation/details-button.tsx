"use client";

import type { ReactElement } from "react";
import { IconButton } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import {
  closeConversationPart,
  openConversationRoute,
  useConversationPart,
} from "@/lib/client/hooks/use-conversation-route";
import type { Conversation } from "@/lib/client/model";

/** Opens what there is to know about a room, and closes it. */
export function DetailsButton({ conversation: { id } }: { conversation: Conversation }): ReactElement {
  const { t } = useI18n();
  const open = useConversationPart("details") !== null;
  return (
    <IconButton
      icon="info"
      label={t("room.details")}
      aria-expanded={open}
      onClick={() => (open ? closeConversationPart(id) : openConversationRoute(id, "details"))}
      className="-me-2 shrink-0"
    />
  );
}
