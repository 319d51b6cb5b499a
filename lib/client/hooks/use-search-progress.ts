"use client";

import { useEffect, useState } from "react";
import type { Search, SearchProgress } from "../model-search.ts";

const POLL_MS = 1_500;

/** How much can be found so far; null before it is known. The same object until that changes. */
export function useSearchProgress(search: Search | null): SearchProgress | null {
  const [progress, setProgress] = useState<SearchProgress | null>(null);
  useEffect(() => {
    if (!search) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const ask = async (): Promise<void> => {
      const now = await search.progress().catch(() => null);
      if (left) return;
      // The same figures are no news.
      setProgress((before) => (before?.done === now?.done && before?.total === now?.total ? before : now));
      timer = setTimeout(() => void ask(), POLL_MS);
    };
    void ask();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [search]);
  return progress;
}
