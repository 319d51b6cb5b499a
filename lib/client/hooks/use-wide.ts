"use client";

import { useSyncExternalStore } from "react";

/** As in BESIDE_CLASS: there is room for a column beside the conversation. */
const WIDE = "(min-width: 1100px)";

function subscribe(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

export function useWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(WIDE).matches,
    () => false,
  );
}
