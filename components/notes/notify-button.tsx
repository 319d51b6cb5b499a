"use client";

import { type ComponentProps, lazy, type ReactElement, Suspense, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useNotes } from "@/lib/client/hooks/use-notes";
import type { Conversation } from "@/lib/client/model";
import { isMuted } from "@/lib/client/notifications/rules";

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

/** Crossed out while nothing is told. */
export function BellButton(
  props: { id: Conversation["id"] } & Omit<ComponentProps<typeof IconButton>, "icon" | "label" | "id">,
): ReactElement {
  const { id, ...button } = props;
  const { t } = useI18n();
  const notes = useNotes(id);
  const silent = notes.notify === "none" || isMuted(notes, Date.now());
  return (
    <IconButton
      {...button}
      icon={silent ? "bellOff" : "bell"}
      label={t(silent ? "notify.silent" : "notify.menu")}
      className="-me-2 shrink-0"
    />
  );
}
