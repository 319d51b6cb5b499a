"use client";

import { useMemo } from "react";
import type { PeopleSearch } from "@/components/people/use-people-search";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName } from "@/lib/client/hooks/person-name";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Person } from "@/lib/client/model";
import type { ListedRoom } from "@/lib/client/model-rooms";
import {
  type Command,
  commandOption,
  conversationOption,
  type Group,
  type Option,
  personOption,
  roomOption,
} from "./options";
import { namesOf, ranked } from "./rank";

const RECENT = 7;
const MOST = { conversations: 12, people: 8, rooms: 5, commands: 6 } as const;
/** What comes after it is a command. */
const COMMANDS_ONLY = ">";

/** What answers to the words, by kinds; before anything is typed, what one usually goes to. */
export function useGroups(
  query: string,
  found: { readonly people: PeopleSearch; readonly rooms: readonly ListedRoom[] },
  commands: readonly Command[],
): readonly Group[] {
  const { t } = useI18n();
  const conversations = useMessengerState((state) => state.conversations);
  const known = useMessengerState((state) => state.people);
  const me = useMessengerState((state) => state.me)?.id;

  // Names are folded once, not at every letter.
  const talks = useMemo(
    () =>
      (conversations ?? []).flatMap((conversation) =>
        conversation.blocked
          ? []
          : {
              value: conversation,
              names: namesOf(conversationName(conversation, t), conversation.peer?.name ?? ""),
            },
      ),
    [conversations, t],
  );
  const strangers = useMemo(() => {
    const peers = new Set((conversations ?? []).map(({ peer }) => peer?.id));
    return [...known.values()]
      .filter(({ id, deleted }) => id !== me && !deleted && !peers.has(id))
      .map((person) => ({ value: person, names: namesOf(person.displayName, person.name) }));
  }, [conversations, known, me]);

  const isOnlyCommands = query.trimStart().startsWith(COMMANDS_ONLY);
  const wanted = isOnlyCommands ? query.trimStart().slice(COMMANDS_ONLY.length) : query;
  const isEmpty = wanted.trim() === "";

  const group = (label: string, options: readonly Option[]): readonly Group[] =>
    options.length > 0 ? [{ label, options }] : [];
  const named = commands.map((value) => ({ value, names: namesOf(value.label, value.also ?? "") }));
  const commandsFor = (most: number): readonly Group[] =>
    group(t("switcher.commands"), ranked(named, wanted, most).map(commandOption));

  if (isOnlyCommands) return commandsFor(commands.length);
  if (isEmpty) {
    const recent = (conversations ?? []).filter(({ peer }) => !peer?.deleted).slice(0, RECENT);
    return [
      ...group(t("switcher.recent"), recent.map(conversationOption)),
      ...group(t("switcher.commands"), commands.filter(({ usual }) => usual).map(commandOption)),
    ];
  }
  return [
    ...group(t("messenger.conversations"), ranked(talks, wanted, MOST.conversations).map(conversationOption)),
    ...group(t("switcher.people"), people().map(personOption)),
    ...group(t("switcher.rooms"), found.rooms.slice(0, MOST.rooms).map(roomOption)),
    ...commandsFor(MOST.commands),
  ];

  /** Those who are known here at once, the others as the server finds them. */
  function people(): readonly Person[] {
    const here = ranked(strangers, wanted, MOST.people);
    const shown = new Set<Person["id"] | undefined>(here.map(({ id }) => id));
    for (const { value } of talks) shown.add(value.peer?.id);
    const further = found.people.state === "found" ? found.people.people : [];
    return [...here, ...further.filter(({ id }) => !shown.has(id))].slice(0, MOST.people);
  }
}
