"use client";

import { type ReactElement, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { Conversation } from "@/lib/client/model";
import { fetchRetention, useRetention } from "./use-retention";

/** How long messages between two people live; its code comes with the first approach. On a phone the safety dialog leads there. */
export function RetentionButton({ conversation }: { conversation: Conversation }): ReactElement {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const views = useRetention(open);
  return (
    <>
      <IconButton
        icon="timer"
        label={t("retention.open")}
        onClick={() => setOpen(true)}
        onPointerEnter={fetchRetention}
        onFocus={fetchRetention}
        className="-me-2 shrink-0 max-sm:hidden"
      />
      {open && views && <views.RetentionDialog conversation={conversation} onClose={() => setOpen(false)} />}
    </>
  );
}
