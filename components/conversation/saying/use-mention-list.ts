"use client";

import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useState } from "react";
import { usePeopleSearch } from "@/components/people/use-people-search";
import { isComposing } from "@/components/ui/is-composing";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Person } from "@/lib/client/model";
import { moderates } from "./actions";
import { answersTo, EVERYONE, nameBeingTyped } from "./mentions";
import { useTalk } from "./talk";

const MOST = 8;
const INVITING = /^\/invite\s/i;

/** Somebody who can be named; null stands for everybody. */
export interface Nameable {
  readonly key: string;
  readonly person: Person | null;
  readonly name: string;
}

export interface MentionList {
  readonly id: string;
  readonly options: readonly Nameable[];
  readonly active: Nameable | null;
  readonly choose: (option: Nameable) => void;
  /** @returns whether the key was for the list */
  readonly keyDown: (event: KeyboardEvent) => boolean;
  /** Everybody who can be named here. */
  readonly people: readonly Person[];
}

/** Those who belong to the conversation, without oneself. A room's members are asked for each time a first name is begun. */
function usePeopleHere(wanted: boolean): readonly Person[] {
  const messenger = useMessenger();
  const { id, peer, room } = useTalk().conversation;
  const me = useMessengerState((state) => state.me)?.id;
  const known = useMessengerState((state) => state.people);
  const [members, setMembers] = useState<readonly Person[] | null>(null);
  const size = room?.memberCount;
  useEffect(() => {
    if (!wanted || size === undefined) return;
    let left = false;
    messenger
      .rooms()
      .then((rooms) => rooms.details(id))
      // Without the list, whoever is known here can be named.
      .then(
        (details) => left || setMembers(details.members.map(({ person }) => person)),
        () => undefined,
      );
    return () => {
      left = true;
    };
  }, [messenger, id, wanted, size]);
  return useMemo(
    () => (peer ? [peer] : (members ?? [...known.values()])).filter((one) => one.id !== me && !one.deleted),
    [peer, members, known, me],
  );
}

/** Whoever can be added to a room: known here, or found on the server. */
function useStrangers(query: string | null): readonly Person[] {
  const known = useMessengerState((state) => state.people);
  const me = useMessengerState((state) => state.me)?.id;
  const search = usePeopleSearch(query ?? "");
  return useMemo(() => {
    const found = search.state === "found" ? search.people : [];
    const all = new Map([...known.values(), ...found].map((person) => [person.id, person]));
    return [...all.values()].filter((one) => one.id !== me && !one.deleted);
  }, [known, search, me]);
}

/** Names to choose from while one is typed after an at sign. The focus stays in the field. */
export function useMentionList(
  input: RefObject<HTMLTextAreaElement | null>,
  text: string,
  onText: (text: string) => void,
): MentionList {
  const id = useId();
  const { conversation } = useTalk();
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [refused, setRefused] = useState<number | null>(null);
  const typed = nameBeingTyped(text, caret);
  const people = usePeopleHere(text.includes("@"));
  const isInviting = INVITING.test(text);

  useEffect(() => {
    const moved = (): void => {
      if (document.activeElement === input.current) setCaret(input.current?.selectionEnd ?? 0);
    };
    document.addEventListener("selectionchange", moved);
    return () => document.removeEventListener("selectionchange", moved);
  }, [input]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a text that changes moves the caret, which not every browser reports.
  useEffect(() => setCaret(input.current?.selectionEnd ?? 0), [input, text]);

  const query = typed && typed.start !== refused ? typed.query : null;
  const strangers = useStrangers(isInviting ? query : null);
  const options = useMemo((): readonly Nameable[] => {
    if (query === null) return [];
    const found = (isInviting ? strangers : people)
      .filter((person) => answersTo(person, query))
      .slice(0, MOST)
      .map((person) => ({ key: person.id, person, name: person.name }));
    const everyone = !isInviting && moderates(conversation) && EVERYONE.startsWith(query.toLowerCase());
    return everyone ? [...found, { key: EVERYONE, person: null, name: EVERYONE }] : found;
  }, [query, people, strangers, isInviting, conversation]);
  const active = options[Math.min(at, options.length - 1)] ?? null;

  // The field belongs to the composer, which knows nothing of the list.
  useEffect(() => {
    const area = input.current;
    if (!area || !active) return;
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", id);
    area.setAttribute("aria-activedescendant", `${id}-${active.key}`);
    return () => {
      for (const name of ["autocomplete", "controls", "activedescendant"])
        area.removeAttribute(`aria-${name}`);
    };
  }, [input, id, active]);

  const choose = ({ name }: Nameable): void => {
    const area = input.current;
    if (!area || !typed) return;
    const named = `${text.slice(0, typed.start)}@${name} `;
    onText(named + text.slice(caret).replace(/^ /, ""));
    setAt(0);
    area.focus();
    requestAnimationFrame(() => area.setSelectionRange(named.length, named.length));
  };

  const keyDown = (event: KeyboardEvent): boolean => {
    if (!active || isComposing(event)) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((options.indexOf(active) + step + options.length) % options.length);
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") choose(active);
    else if (event.key === "Escape") setRefused(typed?.start ?? null);
    else return false;
    event.preventDefault();
    return true;
  };

  return { id, options, active, choose, keyDown, people };
}
