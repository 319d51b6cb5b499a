"use client";

import { useEffect, useSyncExternalStore } from "react";

/** The parser comes with the first text that needs it. Until then, and where it cannot be fetched, texts are as typed. */

type Drawing = typeof import("./marked");

let drawing: Drawing | null = null;
let failed = false;
let fetching: Promise<void> | undefined;
const listeners = new Set<() => void>();

/** Once is enough; after a failure the next one who asks tries again. */
export function fetchParser(): Promise<void> {
  fetching ??= import("./marked")
    .then(
      (loaded) => {
        drawing = loaded;
      },
      () => {
        failed = true;
        fetching = undefined;
      },
    )
    .finally(() => {
      for (const listener of listeners) listener();
    });
  return fetching;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param wanted whether something is shown that needs it */
export function useParser(wanted: boolean): Drawing | null {
  useEffect(() => {
    if (wanted && !drawing) void fetchParser();
  }, [wanted]);
  return useSyncExternalStore(
    subscribe,
    () => drawing,
    () => null,
  );
}

/** False while the parser is on its way: what is drawn now would be drawn anew in a moment, and at another height. */
export function useParserSettled(wanted: boolean): boolean {
  const drawn = useParser(wanted) !== null;
  const hopeless = useSyncExternalStore(
    subscribe,
    () => failed,
    () => false,
  );
  return !wanted || drawn || hopeless;
}
