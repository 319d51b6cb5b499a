"use client";

import { type ReactElement, Suspense, useState } from "react";
import { lateView } from "@/components/ui/late-view";
import type { Conversation } from "@/lib/client/model";
import { BellButton } from "./bell-button";

/** The menu's code comes with the first approach to it. */
const loadMenu = () => import("./notify-menu");
const NotifyMenu = lateView(async () => (await loadMenu()).NotifyMenu);

function fetchEarly(): void {
  loadMenu().catch(() => undefined);
}

/** Of what one is told in a conversation, and a way to change it. */
export function NotifyButton({ conversation: { id } }: { conversation: Conversation }): ReactElement {
  const [wanted, setWanted] = useState(false);
  const button = (
    <BellButton
      id={id}
      aria-haspopup="menu"
      onPointerEnter={fetchEarly}
      onFocus={fetchEarly}
      onClick={() => setWanted(true)}
    />
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <NotifyMenu id={id} waiting={button} />
    </Suspense>
  );
}
