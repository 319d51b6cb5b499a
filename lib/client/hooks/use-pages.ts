"use client";

import { useCallback, useState } from "react";
import { useLoaded } from "./use-loaded.ts";

/** A page of a long list, and what names the place after it. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Null on the last one. */
  readonly next: string | null;
  /** Whether more fit a search than are listed. */
  readonly more?: boolean;
  /** When figures in it were counted that are not counted for each answer; null before that. */
  readonly countedAt?: number | null;
}

/**
 * A list page by page, by keys and not by numbers: what comes in between moves nothing.
 * @param load must stay the same function as long as the question is the same; another one begins at the front
 */
export function usePages<Row>(load: (after: string | null) => Promise<Page<Row>>) {
  const [place, setPlace] = useState<{ of: typeof load; stack: readonly (string | null)[] }>({
    of: load,
    stack: [null],
  });
  const stack = place.of === load ? place.stack : [null];
  const after = stack.at(-1) ?? null;
  const ask = useCallback(async () => ({ after, page: await load(after) }), [load, after]);
  const { value, error, reload } = useLoaded(ask);
  // The page before stays in sight until the next one is here, and says nothing about what follows that.
  const settled = value?.after === after;
  const next = settled ? value.page.next : null;
  return {
    rows: value?.page.rows ?? null,
    more: value?.page.more ?? false,
    countedAt: value?.page.countedAt ?? null,
    error,
    reload,
    busy: value !== null && !settled,
    older: next === null ? null : () => setPlace({ of: load, stack: [...stack, next] }),
    newer: stack.length > 1 ? () => setPlace({ of: load, stack: stack.slice(0, -1) }) : null,
  };
}
