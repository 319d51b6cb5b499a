"use client";

import type { AccountId } from "@/lib/base/ids";
import { useMessenger } from "@/lib/client/hooks/use-messenger";

/** Blocks somebody, or takes that back; it holds in all of one's browsers when the promise resolves. */
export function useBlock(): (person: AccountId, blocked: boolean) => Promise<void> {
  const messenger = useMessenger();
  return async (person, blocked) => {
    const notes = await messenger.notes();
    await notes.updateSettings((before) => {
      if (before.blocked.includes(person) === blocked) return before;
      const others = before.blocked.filter((one) => one !== person);
      return { ...before, blocked: blocked ? [...others, person] : others };
    });
  };
}
