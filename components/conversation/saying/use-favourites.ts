"use client";

import { useMemo } from "react";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { Message, Person } from "@/lib/client/model";

const MOST = 6;
const COMMON = ["👍", "❤️", "😂", "🎉", "😮", "🙏"];

/** What this person reacts with most in these messages, filled up with what most people do. */
export function favouritesOf(messages: Iterable<Message>, me: Person["id"] | undefined): string[] {
  const counts = new Map<string, number>();
  for (const { reactions } of messages) {
    for (const { emoji, people } of reactions) {
      if (me && people.includes(me)) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
    }
  }
  const own = [...counts].sort((a, b) => b[1] - a[1]).map(([emoji]) => emoji);
  return [...new Set([...own, ...COMMON])].slice(0, MOST);
}

/** Six emoji for a quick reaction. Read from what is loaded: nothing about them is kept. */
export function useFavourites(): readonly string[] {
  const messenger = useMessenger();
  return useMemo(() => {
    const { timelines, me } = messenger.getState();
    return favouritesOf(
      [...timelines.values()].flatMap(({ messages }) => messages),
      me?.id,
    );
  }, [messenger]);
}
