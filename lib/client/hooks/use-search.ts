"use client";

import { useCallback, useEffect, useState } from "react";
import type { SearchProgress, SearchQuery, SearchResults } from "../model-search.ts";
import { useLoaded } from "./use-loaded.ts";
import { useMessenger, useMessengerState } from "./use-messenger.tsx";
import { useSearchProgress } from "./use-search-progress.ts";
import { asksSomething } from "./use-search-route.ts";

/** Less than one notices, more than two letters of somebody who types fast. */
const DEBOUNCE_MS = 70;

interface Searching {
  /** Those of the question before, until the new ones are there; null while nothing is asked. */
  readonly results: SearchResults | null;
  readonly progress: SearchProgress | null;
  readonly error: unknown;
  readonly retry: () => void;
}

/** Finds as one types, and again whenever there is more to find. */
export function useSearch(query: SearchQuery): Searching {
  const messenger = useMessenger();
  const blocked = useMessengerState(({ settings }) => settings.blocked);
  const { value: search, error, reload } = useLoaded(useCallback(() => messenger.search(), [messenger]));
  const [results, setResults] = useState<SearchResults | null>(null);
  const progress = useSearchProgress(search);
  const [failure, setFailure] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const { done, total } = progress ?? {};

  // biome-ignore lint/correctness/useExhaustiveDependencies: what has been read since may answer as well, and who was blocked no more; and one can try again.
  useEffect(() => {
    if (!search) return;
    if (!asksSomething(query)) {
      setResults(null);
      return;
    }
    let stale = false;
    const find = (): void => {
      search.find(query).then(
        (found) => {
          if (stale) return;
          setResults(found);
          setFailure(null);
        },
        (reason: unknown) => !stale && setFailure(reason),
      );
    };
    const timer = setTimeout(find, DEBOUNCE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [search, query, blocked, done, total, attempt]);

  const retry = (): void => {
    setFailure(null);
    // Another search where this one is over, else the same one once more.
    reload();
    setAttempt(attempt + 1);
  };
  return { results, progress, error: error ?? failure, retry };
}
