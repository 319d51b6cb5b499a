"use client";

import { type RefObject, useEffect } from "react";
import { useTalk } from "./talk";
import { useMessageOfRow } from "./use-row-keys";

/** As long as phones take for theirs. */
const HOLD_MS = 450;
/** Farther, and the finger scrolls. */
const SLACK = 10;

/** A finger held on a message opens what can be done with it; on a link, the browser's own menu does. */
export function useLongPress(root: RefObject<HTMLElement | null>): void {
  const messageOf = useMessageOfRow();
  const { ask } = useTalk();
  useEffect(() => {
    const area = root.current;
    if (!area) return;
    const listening = new AbortController();
    const { signal } = listening;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let start: PointerEvent | null = null;
    /** The finger is still down after it has opened something: what it lifts from is not pressed. */
    let held = false;
    const stop = (): void => clearTimeout(timer);
    const down = (event: PointerEvent): void => {
      stop();
      const target = event.target as Element;
      const row = target.closest<HTMLElement>("[data-message]");
      if (event.pointerType !== "touch" || !row || target.closest("a")) return;
      start = event;
      timer = setTimeout(() => {
        const message = messageOf(row);
        if (!message || message.seq === null) return;
        held = true;
        navigator.vibrate?.(10);
        ask({ what: "actions", message, from: row });
      }, HOLD_MS);
    };
    const move = (event: PointerEvent): void => {
      if (start && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > SLACK) stop();
    };
    const another = (): void => {
      held = false;
    };
    const click = (event: MouseEvent): void => {
      if (held) event.stopPropagation();
      held = false;
    };
    const menu = (event: MouseEvent): void => {
      const byTouch = (event as PointerEvent).pointerType === "touch";
      if (byTouch && !(event.target as Element).closest("a, textarea")) event.preventDefault();
    };
    area.addEventListener("pointerdown", down, { signal });
    area.addEventListener("pointermove", move, { signal });
    for (const end of ["pointerup", "pointercancel"] as const) area.addEventListener(end, stop, { signal });
    area.addEventListener("contextmenu", menu, { signal });
    // Of the whole page: what has opened may lie under the finger, outside of the area.
    document.addEventListener("click", click, { signal, capture: true });
    document.addEventListener("pointerdown", another, { signal, capture: true });
    return () => {
      stop();
      listening.abort();
    };
  }, [root, ask, messageOf]);
}
