"use client";

import { useCallback } from "react";
import type { ConversationId } from "../../base/ids.ts";
import { type ConversationNotes, NO_NOTES, type Settings } from "../model-notes.ts";
import { isMuted } from "../notifications/rules.ts";
import { useMessenger, useMessengerState } from "./use-messenger.tsx";

/** What one keeps for oneself about a conversation; nothing before it is known. */
export function useNotes(conversation: ConversationId): ConversationNotes {
  return useMessengerState(({ notes }) => notes.get(conversation)) ?? NO_NOTES;
}

/** Until when nothing is told of it, as chosen and as of now; null where it is not muted. */
export function useMutedUntil(conversation: ConversationId): number | null {
  const notes = useNotes(conversation);
  return isMuted(notes, Date.now()) ? notes.mutedUntil : null;
}

/** Whether nothing is told of it, for whatever reason. */
export function useSilent(conversation: ConversationId): boolean {
  const muted = useMutedUntil(conversation) !== null;
  return useNotes(conversation).notify === "none" || muted;
}

/** Rejects with AppError. */
export function useChangeSettings(): (change: (before: Settings) => Settings) => Promise<void> {
  const messenger = useMessenger();
  return useCallback(async (change) => (await messenger.notes()).updateSettings(change), [messenger]);
}
