"use client";

import type { ConversationId } from "../../base/ids.ts";
import type { Messenger } from "../model.ts";
import type { Scheduled, Scheduling } from "../model-notes.ts";
import { type ScheduledStanding, standingOf } from "../notes/scheduled.ts";
import { useMessenger } from "./use-messenger.tsx";
import { useNotes } from "./use-notes.ts";

/** What waits in a conversation, earliest first. */
export function useScheduled(conversation: ConversationId): readonly Scheduled[] {
  return useNotes(conversation).scheduled;
}

/** As of now, by this browser's clock. */
export function scheduledStanding(entry: Scheduled): ScheduledStanding {
  return standingOf(entry, Date.now());
}

/** Rejects with AppError, where its code cannot be loaded too. */
export function useScheduling(): () => Promise<Scheduling> {
  const messenger: Messenger = useMessenger();
  return async () => (await messenger.notes()).scheduling;
}
