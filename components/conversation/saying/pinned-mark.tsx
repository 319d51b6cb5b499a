"use client";

import type { ReactElement } from "react";
import { Icon } from "@/components/ui/icons";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { Message } from "@/lib/client/model";
import { isPinned } from "./actions";
import { useTalk } from "./talk";

/** Beside the time of a message that the room pins. */
export function PinnedMark({ message }: { message: Message }): ReactElement | null {
  const { t } = useSayingTexts();
  const { conversation } = useTalk();
  if (!isPinned(message, conversation)) return null;
  return (
    <span title={t("pins.pinned")}>
      <Icon name="pin" className="size-3" />
      <span className="sr-only">{t("pins.pinned")}</span>
    </span>
  );
}
