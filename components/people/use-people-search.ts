"use client";

import { useEffect, useState } from "react";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { Person } from "@/lib/client/model";
import { LIMITS } from "@/lib/protocol/limits";

const DEBOUNCE_MS = 180;

export type PeopleSearch =
  | { readonly state: "idle" }
  | { readonly state: "searching" }
  | { readonly state: "found"; readonly people: readonly Person[] }
  | { readonly state: "failed"; readonly error: unknown };

const IDLE: PeopleSearch = { state: "idle" };

/** Searches as one types; an answer that comes late is dropped. */
export function usePeopleSearch(query: string): PeopleSearch & { retry: () => void } {
  const messenger = useMessenger();
  const [search, setSearch] = useState<PeopleSearch>(IDLE);
  const [attempt, setAttempt] = useState(0);
  const wanted = query.trim().slice(0, LIMITS.searchChars.max);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another search.
  useEffect(() => {
    if (wanted.length < LIMITS.searchChars.min) {
      setSearch(IDLE);
      return;
    }
    let stale = false;
    // Earlier results stay until the new ones are there: the list must not blink at every letter.
    setSearch((before) => (before.state === "found" ? before : { state: "searching" }));
    const timer = setTimeout(() => {
      messenger.findPeople(wanted).then(
        (people) => !stale && setSearch({ state: "found", people }),
        (error: unknown) => !stale && setSearch({ state: "failed", error }),
      );
    }, DEBOUNCE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [messenger, wanted, attempt]);
  return { ...search, retry: () => setAttempt((count) => count + 1) };
}
