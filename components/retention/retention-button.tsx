"use client";

import { lazy, type ReactElement, Suspense, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { Conversation } from "@/lib/client/model";

const loadDialog = () => import("./retention-dialog");
const RetentionDialog = lazy(async () => ({ default: (await loadDialog()).RetentionDialog }));

function fetchDialog(): void {
  loadDialog().catch(() => undefined);
}

/** How long messages between two people live; its code comes with the first approach. */
export function RetentionButton({ conversation }: { conversation: Conversation }): ReactElement {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        icon="timer"
        label={t("retention.open")}
        onClick={() => setOpen(true)}
        onPointerEnter={fetchDialog}
        onFocus={fetchDialog}
        className="-me-2 shrink-0"
      />
      {open && (
        <Suspense>
          <RetentionDialog conversation={conversation} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
