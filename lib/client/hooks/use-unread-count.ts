"use client";

import { isCounted } from "../notifications/rules.ts";
import { useMessengerState } from "./use-messenger.tsx";

/** How many conversations have something unread that makes itself heard. */
export function useUnreadCount(): number {
  const conversations = useMessengerState((state) => state.conversations);
  const notes = useMessengerState((state) => state.notes);
  const now = Date.now();
  return conversations?.filter((one) => isCounted(one, notes.get(one.id), now)).length ?? 0;
}
