"use client";

import { lazy, type ReactElement, Suspense, useState } from "react";
import type { Conversation } from "@/lib/client/model";
import { BellButton } from "./bell-button";

/** The menu's code comes with the first approach to it. */
const loadMenu = () => import("./notify-menu");
const NotifyMenu = lazy(async () => ({ default: (await loadMenu()).NotifyMenu }));

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
