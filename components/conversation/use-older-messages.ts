"use client";

import { type RefObject, useEffect, useRef } from "react";
import type { Timeline } from "@/lib/client/model";

/** How far above the visible part loading begins. */
const AHEAD = "800px 0px 0px 0px";

/** Loads the next older page when the mark at the top comes near. @returns the ref for that mark. */
export function useOlderMessages(
  pane: RefObject<HTMLElement | null>,
  timeline: Timeline,
  loadOlder: () => void,
): RefObject<HTMLDivElement | null> {
  const mark = useRef<HTMLDivElement>(null);
  const wanted = timeline.hasOlder && timeline.older === "idle";
  const first = timeline.messages[0]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a fresh observer reports at once, which is how the mark is asked again when a page was too short to push it away.
  useEffect(() => {
    if (!wanted || !mark.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) loadOlder();
      },
      { root: pane.current, rootMargin: AHEAD },
    );
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [wanted, first, loadOlder, pane]);
  return mark;
}
