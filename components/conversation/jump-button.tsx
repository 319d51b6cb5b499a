"use client";

import { type ReactElement, type RefObject, useEffect, useState } from "react";
import { CountBadge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { Message, Timeline } from "@/lib/client/model";
import { unreadBelow } from "./unread-below";

interface JumpButtonProps {
  /** What scrolls. */
  pane: RefObject<HTMLElement | null>;
  timeline: Timeline;
  /** All that are unread, loaded or not. */
  unread: number;
  onJump: () => void;
}

/** Leads down to the newest message, and counts the unread ones on the way that have not come into sight. */
export function JumpButton({ pane, timeline, unread, onJump }: JumpButtonProps): ReactElement {
  const { t } = useI18n();
  const { messages, unreadAfter } = timeline;
  const [seen, setSeen] = useState(0);
  useEffect(() => {
    const box = pane.current;
    if (!box) return;
    const look = (): void => setSeen(lastInSight(box, messages));
    look();
    box.addEventListener("scroll", look, { passive: true });
    return () => box.removeEventListener("scroll", look);
  }, [pane, messages]);
  const missed = unreadBelow(messages, { unread, unreadAfter, seen });
  return (
    <button
      type="button"
      onClick={onJump}
      title={t("timeline.jump")}
      className="absolute end-4 bottom-3 flex size-11 animate-rise items-center justify-center rounded-full border border-line bg-raised text-soft shadow-lift hover:text-ink"
    >
      <Icon name="arrowDown" />
      <span className="sr-only">{t("timeline.jump")}. </span>
      {missed > 0 && (
        <span className="absolute -top-2">
          <CountBadge count={missed} label={t("timeline.new", { count: missed })} />
        </span>
      )}
    </button>
  );
}

/** The number of the last message that begins above the lower edge; 0 where there is none. */
function lastInSight(box: HTMLElement, messages: readonly Message[]): number {
  const edge = box.getBoundingClientRect().bottom;
  const row = [...box.querySelectorAll<HTMLElement>("[data-message]")].findLast(
    (one) => one.getBoundingClientRect().top < edge,
  );
  return messages.find(({ id }) => id === row?.dataset.message)?.seq ?? 0;
}
