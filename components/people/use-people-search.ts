"use client";

import { useEffect, useState } from "react";
import { namesOf, ranked } from "@/components/switcher/rank";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { Person } from "@/lib/client/model";
import { LIMITS } from "@/lib/protocol/limits";

const DEBOUNCE_MS = 180;

export type PeopleSearch =
  | { readonly state: "idle" }
  | { readonly state: "searching" }
  /** To what is typed now: of those that were found for the words before, only who answers to these as well. */
  | { readonly state: "found"; readonly people: readonly Person[] }
  | { readonly state: "failed"; readonly error: unknown };

type Answer = PeopleSearch & { readonly to: string };

const IDLE: Answer = { state: "idle", to: "" };

/** What an earlier answer says to other words: the list must not blink at every letter, nor Enter choose who was asked for before. */
export function answerTo(wanted: string, answer: Answer): PeopleSearch {
  if (wanted.length < LIMITS.searchChars.min) return IDLE;
  if (answer.to === wanted) return answer;
  // Whom nobody is called like, nobody is with more letters.
  if (answer.state === "found" && answer.people.length === 0 && wanted.startsWith(answer.to)) return answer;
  const named = (answer.state === "found" ? answer.people : []).map((value) => ({
    value,
    names: namesOf(value.displayName, value.name),
  }));
  const people = ranked(named, wanted, LIMITS.searchResults);
  return people.length > 0 ? { state: "found", people } : { state: "searching" };
}

/** Searches as one types; an answer that comes late is dropped. */
export function usePeopleSearch(query: string): PeopleSearch {
  const messenger = useMessenger();
  const [search, setSearch] = useState(IDLE);
  const wanted = query.trim().slice(0, LIMITS.searchChars.max);
  useEffect(() => {
    if (wanted.length < LIMITS.searchChars.min) {
      setSearch(IDLE);
      return;
    }
    let stale = false;
    const timer = setTimeout(() => {
      messenger.findPeople(wanted).then(
        (people) => !stale && setSearch({ state: "found", people, to: wanted }),
        (error: unknown) => !stale && setSearch({ state: "failed", error, to: wanted }),
      );
    }, DEBOUNCE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [messenger, wanted]);
  return answerTo(wanted, search);
}
