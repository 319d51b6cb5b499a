"use client";

import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** Rows are drawn in blocks, so that not every step of scrolling draws; a block more on either side. */
const BLOCK = 10;

/**
 * Which rows of a list can be seen, whatever scrolls around it.
 * @param height of every row, in pixels
 * @returns the half-open range to draw; the list itself must be as high as all rows
 */
export function useRowsInSight(
  count: number,
  height: number,
): { readonly list: RefObject<HTMLUListElement | null>; readonly from: number; readonly to: number } {
  const list = useRef<HTMLUListElement>(null);
  const [block, setBlock] = useState({ first: 0, last: 2 });
  useLayoutEffect(() => {
    const look = (): void => {
      const top = list.current?.getBoundingClientRect().top ?? 0;
      const first = Math.floor(-top / height / BLOCK) - 1;
      const last = Math.floor((innerHeight - top) / height / BLOCK) + 1;
      setBlock((before) => (before.first === first && before.last === last ? before : { first, last }));
    };
    look();
    // Scrolling does not bubble, but it is captured.
    addEventListener("scroll", look, { capture: true, passive: true });
    addEventListener("resize", look);
    return () => {
      removeEventListener("scroll", look, { capture: true });
      removeEventListener("resize", look);
    };
  }, [height]);
  const from = Math.min(Math.max(block.first * BLOCK, 0), count);
  return { list, from, to: Math.min(Math.max((block.last + 1) * BLOCK, from), count) };
}
