"use client";

import { clsx } from "clsx";
import { Fragment, type ReactElement, type ReactNode } from "react";
import { personName } from "@/lib/client/hooks/person-name";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { MessengerState, Person } from "@/lib/client/model";
import { EVERYONE, splitMentions } from "./mentions";
import { useTalk } from "./talk";

const byName = new WeakMap<MessengerState["people"], ReadonlyMap<string, Person>>();

function findByName(people: MessengerState["people"], name: string): Person | undefined {
  let found = byName.get(people);
  if (!found) {
    found = new Map([...people.values()].map((person) => [person.name, person]));
    byName.set(people, found);
  }
  return found.get(name);
}

/** Somebody's name in a text. What names nobody here stays as it was typed. */
function Mention({ text, name }: { text: string; name: string }): ReactElement {
  const { t } = useSayingTexts();
  const { room } = useTalk().conversation;
  const person = useMessengerState((state) => findByName(state.people, name));
  const me = useMessengerState((state) => state.me)?.id;
  const everyone = room !== null && name === EVERYONE;
  if (!person && !everyone) return <>{text}</>;
  const own = everyone || person?.id === me;
  return (
    <bdi
      title={person?.name}
      className={clsx("rounded px-1 font-medium", own ? "bg-accent text-on-accent" : "bg-tint-deep text-ink")}
    >
      @{person && !everyone ? personName(person, t) : name}
    </bdi>
  );
}

/** For the Markdown of a message: plain words with those they name. */
export function drawWords(words: string): ReactNode {
  if (!words.includes("@")) return words;
  return splitMentions(words).map(({ text, name }, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change.
    return <Fragment key={i}>{name === null ? text : <Mention text={text} name={name} />}</Fragment>;
  });
}
