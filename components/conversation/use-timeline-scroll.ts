"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type RowRange, rowAt, rowsWithin, rowTops } from "./row-window";
import { placeOf, rowOfPlace, type TimelinePlace } from "./timeline-place";
import type { TimelineRow } from "./timeline-rows";

/** Closer to the end than this counts as being there, in pixels. */
const NEAR = 60;
/** Rows are drawn this far beyond what is seen, and again when less than the second is left. */
const BEYOND = 900;
const LEAST_BEYOND = 300;
/** More heights than this are not remembered. */
const MOST_HEIGHTS = 5_000;

interface TimelineScroll {
  readonly pane: RefObject<HTMLDivElement | null>;
  readonly list: RefObject<HTMLOListElement | null>;
  /** The rows to draw, and what stands for the others. */
  readonly range: RowRange;
  readonly above: number;
  readonly below: number;
  readonly atEnd: boolean;
  readonly place: RefObject<TimelinePlace>;
  readonly onScroll: () => void;
  readonly goTo: (place: TimelinePlace, whenThere?: (row: Element) => void) => void;
}

interface Drawn {
  readonly rows: readonly TimelineRow[];
  readonly tops: readonly number[];
  readonly range: RowRange;
}

/**
 * Draws the rows around what is seen and keeps what is read in its place: at the end it follows new messages,
 * elsewhere nothing moves, whatever is put above or changes its height there. The browser's own scroll anchoring is
 * off, so that both do not correct the same thing.
 * @param hasNewer whether the last row is not the newest message: then its end is no place to stay at
 */
export function useTimelineScroll(
  rows: readonly TimelineRow[],
  hasNewer: boolean,
  begin: () => TimelinePlace,
): TimelineScroll {
  const pane = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const [first] = useState(begin);
  const place = useRef<TimelinePlace>(first);
  const onArrival = useRef<((row: Element) => void) | undefined>(undefined);
  const heights = useRef(new Map<string, number>());
  const drawn = useRef<Drawn>({ rows: [], tops: [0], range: { start: 0, end: 0 } });
  // Unknown until measured: taken for the end, a long conversation would count as read at once.
  const [atEnd, setAtEnd] = useState(false);
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);

  const tops = rowTops(rows, heights.current);
  const range = wantedRange(rows, tops, place.current, pane.current, list.current, drawn.current);

  /** Takes what the browser shows for the place to hold. */
  const look = useCallback(() => {
    const box = pane.current;
    if (!box || !list.current) return;
    const end = !hasNewer && box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    place.current = end ? "end" : seenPlace(box, list.current, drawn.current);
    setAtEnd(end);
  }, [hasNewer]);

  /** After anything may have moved: measures, puts back what is to be held, draws what is missing. */
  const settle = useCallback(() => {
    const box = pane.current;
    if (!box || !list.current) return;
    measure(list.current, drawn.current, heights.current);
    // Where nothing is left of it, there is no better place than the end.
    if (rowOfPlace(drawn.current.rows, place.current) === null) place.current = "end";
    const held = place.current;
    if (held === "end") {
      box.scrollTop = box.scrollHeight;
    } else {
      const row = elementOf(list.current, drawn.current, held);
      const moved = row ? distance(row, box) - held.offset : 0;
      if (Math.abs(moved) >= 0.5) box.scrollTop += moved;
      if (row) {
        onArrival.current?.(row);
        onArrival.current = undefined;
      }
    }
    const end = !hasNewer && box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (end) place.current = "end";
    setAtEnd(end);
    if (!isCovered(box, list.current, drawn.current)) redraw();
  }, [hasNewer]);

  const newest = rows.at(-1);
  const newestKey = newest?.key;
  const isWriting = newest?.kind === "message" && newest.message.delivery === "pending";
  const lastKey = useRef(newestKey);
  const hadNewer = useRef(hasNewer);
  useLayoutEffect(() => {
    drawn.current = { rows, tops, range };
    const isLater = newestKey !== lastKey.current && !hadNewer.current;
    if (isWriting && isLater && place.current !== "end") {
      place.current = "end";
      redraw();
    }
    lastKey.current = newestKey;
    hadNewer.current = hasNewer;
    settle();
  });

  const onScroll = useCallback(() => {
    const box = pane.current;
    if (!box || !list.current) return;
    look();
    if (isCovered(box, list.current, drawn.current)) return;
    const focused = list.current.contains(document.activeElement);
    // In this frame, or it would show nothing where rows belong.
    flushSync(redraw);
    if (focused && !list.current.contains(document.activeElement)) box.focus({ preventScroll: true });
  }, [look]);

  const goTo = useCallback((to: TimelinePlace, whenThere?: (row: Element) => void) => {
    place.current = to;
    onArrival.current = whenThere;
    redraw();
  }, []);

  useEffect(() => {
    const box = pane.current;
    if (!box || !list.current) return;
    let width = box.clientWidth;
    // The keyboard, the growing composer, a rotated phone, a late font, a row that was opened.
    const observer = new ResizeObserver(() => {
      if (box.clientWidth !== width || heights.current.size > MOST_HEIGHTS) heights.current.clear();
      width = box.clientWidth;
      settle();
    });
    observer.observe(box);
    observer.observe(list.current);
    return () => observer.disconnect();
  }, [settle]);

  const above = tops[range.start] ?? 0;
  const below = (tops.at(-1) ?? 0) - (tops[range.end] ?? 0);
  return { pane, list, range, above, below, atEnd, place, onScroll, goTo };
}

function wantedRange(
  rows: readonly TimelineRow[],
  tops: readonly number[],
  place: TimelinePlace,
  box: HTMLElement | null,
  list: HTMLElement | null,
  drawn: Drawn,
): RowRange {
  const height = box?.clientHeight ?? innerHeight;
  const row = rowOfPlace(rows, place);
  const seen =
    row === null || place === "end" ? (tops.at(-1) ?? 0) - height : (tops[row] as number) - place.offset;
  const range = rowsWithin(tops, seen - BEYOND, seen + height + BEYOND);
  const { anchorNode, isCollapsed } = document.getSelection() ?? { anchorNode: null, isCollapsed: true };
  if (isCollapsed || !list?.contains(anchorNode)) return range;
  // What is marked must not go away while it is marked.
  const find = (index: number) => rows.findIndex(({ key }) => key === drawn.rows[index]?.key);
  const start = find(drawn.range.start);
  const end = find(drawn.range.end - 1);
  if (start < 0 || end < 0) return range;
  return { start: Math.min(range.start, start), end: Math.max(range.end, end + 1) };
}

const distance = (row: Element, box: Element) =>
  row.getBoundingClientRect().top - box.getBoundingClientRect().top;

function measure(list: HTMLElement, { rows, range }: Drawn, heights: Map<string, number>): void {
  [...list.children].forEach((child, i) => {
    const row = rows[range.start + i];
    if (row) heights.set(row.key, child.getBoundingClientRect().height);
  });
}

function elementOf(list: HTMLElement, { rows, range }: Drawn, place: TimelinePlace): Element | undefined {
  const row = rowOfPlace(rows, place);
  return row === null ? undefined : list.children[row - range.start];
}

/**
 * The first row that is seen and that older pages leave as it is: lines of days and of deleted messages move with them,
 * and the oldest message comes closer to the one before it.
 */
function seenPlace(box: HTMLElement, list: HTMLElement, { rows, tops, range }: Drawn): TimelinePlace {
  const edge = box.getBoundingClientRect();
  const oldest = rows.findIndex(({ kind }) => kind === "message");
  for (const [i, child] of [...list.children].entries()) {
    const row = rows[range.start + i];
    const { top, bottom } = child.getBoundingClientRect();
    if (row?.kind === "message" && range.start + i > oldest && bottom > edge.top && top < edge.bottom)
      return placeOf(row, top - edge.top);
  }
  const seen = edge.top - list.getBoundingClientRect().top;
  const at = rowAt(tops, seen);
  const near = rows.findIndex((row, i) => i >= at && row.kind === "message");
  const index = near >= 0 ? near : at;
  const row = rows[index];
  return row ? placeOf(row, (tops[index] as number) - seen) : "end";
}

function isCovered(box: HTMLElement, list: HTMLElement, { rows, range }: Drawn): boolean {
  const edge = box.getBoundingClientRect();
  const top = list.firstElementChild?.getBoundingClientRect().top ?? edge.top;
  const bottom = list.lastElementChild?.getBoundingClientRect().bottom ?? edge.bottom;
  return (
    (range.start === 0 || top <= edge.top - LEAST_BEYOND) &&
    (range.end >= rows.length || bottom >= edge.bottom + LEAST_BEYOND)
  );
}
