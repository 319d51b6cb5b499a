"use client";

import { type ReactElement, Suspense, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { lateView } from "@/components/ui/late-view";
import { useI18n } from "@/lib/client/hooks/i18n";

/** The menu's code comes with the first approach to it, not with the messenger. */
const loadMenu = () => import("@/components/rooms/new-menu");
const NewMenu = lateView(async () => (await loadMenu()).NewMenu);

function fetchEarly(): void {
  loadMenu().catch(() => undefined);
}

/** Leads to what begins something with more than one other person. */
export function NewButton(): ReactElement {
  const { t } = useI18n();
  const [wanted, setWanted] = useState(false);
  const button = (
    <IconButton
      icon="plus"
      label={t("room.new")}
      aria-haspopup="menu"
      onPointerEnter={fetchEarly}
      onFocus={fetchEarly}
      onClick={() => setWanted(true)}
      className="border border-line bg-raised hover:border-edge"
    />
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <NewMenu trigger={button} />
    </Suspense>
  );
}
