"use client";

import { type ReactElement, Suspense, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { lateView } from "@/components/ui/late-view";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { Conversation, Person } from "@/lib/client/model";

const loadDialog = () => import("./safety-dialog");
const SafetyDialog = lateView(async () => (await loadDialog()).SafetyDialog);

function fetchDialog(): void {
  loadDialog().catch(() => undefined);
}

/** Opens the safety number; its code comes with the first approach. */
export function SafetyButton(props: { conversation: Conversation; peer: Person }): ReactElement {
  const { conversation, peer } = props;
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        icon="shield"
        label={t("trust.open", { name: peer.displayName })}
        onClick={() => setOpen(true)}
        onPointerEnter={fetchDialog}
        onFocus={fetchDialog}
        className="-me-2 shrink-0"
      />
      {open && (
        <Suspense>
          <SafetyDialog conversation={conversation} peer={peer} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
