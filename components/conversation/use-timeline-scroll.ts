"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Message } from "@/lib/client/model";

/** Closer to the end than this counts as being there, in pixels. */
const NEAR = 60;
/** What stays visible above the unread line when a conversation opens on it. */
const ABOVE_UNREAD = 96;

interface TimelineScroll {
  readonly pane: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly atEnd: boolean;
  readonly onScroll: () => void;
  readonly jumpToEnd: () => void;
}

/**
 * Keeps what is read in its place: at the end it follows new messages, elsewhere nothing moves, whether messages
 * are put before or after. The browser's own scroll anchoring is off, so that both do not correct the same thing.
 */
export function useTimelineScroll(messages: readonly Message[]): TimelineScroll {
  const pane = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);
  const shown = useRef<{ first: string; last: string; height: number } | null>(null);
  // Unknown until measured: taken for the end, a long conversation would count as read at once.
  const [atEnd, setAtEnd] = useState(false);

  const onScroll = useCallback(() => {
    const box = pane.current;
    if (!box) return;
    pinned.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    setAtEnd(pinned.current);
  }, []);

  const jumpToEnd = useCallback(() => {
    const box = pane.current;
    if (!box) return;
    box.scrollTop = box.scrollHeight;
    onScroll();
  }, [onScroll]);

  useLayoutEffect(() => {
    const box = pane.current;
    const first = messages[0];
    const last = messages.at(-1);
    if (!box || !first || !last) {
      onScroll();
      return;
    }
    const before = shown.current;
    shown.current = { first: first.id, last: last.id, height: box.scrollHeight };
    const unread = before === null ? box.querySelector<HTMLElement>("[data-unread]") : null;
    const wrote = before !== null && before.last !== last.id && last.delivery === "pending";
    if (unread) box.scrollTop = unread.offsetTop - ABOVE_UNREAD;
    else if (before === null || wrote || pinned.current) box.scrollTop = box.scrollHeight;
    else if (before.first !== first.id) box.scrollTop += box.scrollHeight - before.height;
    onScroll();
  }, [messages, onScroll]);

  useEffect(() => {
    const box = pane.current;
    const inner = content.current;
    if (!box || !inner) return;
    // The keyboard, the growing composer, a rotated phone, a late font.
    const observer = new ResizeObserver(() => {
      if (pinned.current) box.scrollTop = box.scrollHeight;
      if (shown.current) shown.current.height = box.scrollHeight;
    });
    observer.observe(box);
    observer.observe(inner);
    return () => observer.disconnect();
  }, []);

  return { pane, content, atEnd, onScroll, jumpToEnd };
}
