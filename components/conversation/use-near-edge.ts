"use client";

import { type RefObject, useEffect, useRef } from "react";

/** How far beyond the visible part loading begins. */
const AHEAD = { above: "800px 0px 0px 0px", below: "0px 0px 800px 0px" };

/**
 * Loads the next page when the mark at this edge of what is loaded comes near.
 * @param wanted whether there is one and nobody loads it
 * @param outermost the message at the edge: another one is a reason to ask again
 * @returns the ref for that mark
 */
export function useNearEdge(
  pane: RefObject<HTMLElement | null>,
  edge: keyof typeof AHEAD,
  wanted: boolean,
  outermost: string | undefined,
  load: () => void,
): RefObject<HTMLDivElement | null> {
  const mark = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a fresh observer reports at once, which is how the mark is asked again when a page was too short to push it away.
  useEffect(() => {
    if (!wanted || !mark.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) load();
      },
      { root: pane.current, rootMargin: AHEAD[edge] },
    );
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [wanted, outermost, load, pane, edge]);
  return mark;
}
