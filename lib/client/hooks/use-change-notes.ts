"use client";

import type { ConversationId } from "../../base/ids.ts";
import type { Messenger } from "../model.ts";
import type { ConversationNotes } from "../model-notes.ts";
import { errorCode } from "./use-error-text.ts";
import { useMessenger } from "./use-messenger.tsx";

/**
 * Rejects with AppError. Without a connection it waits for one, as long as the page is open.
 * @param onWait that it does
 */
export function useChangeNotes(
  conversation: ConversationId,
  onWait: () => void,
): (change: (before: ConversationNotes) => ConversationNotes) => Promise<void> {
  const messenger = useMessenger();
  return async (change) => {
    const notes = await messenger.notes();
    try {
      await notes.update(conversation, change);
    } catch (error) {
      if (errorCode(error) !== "offline" || messenger.getState().connection === "online") throw error;
      onWait();
      await untilOnline(messenger);
      await notes.update(conversation, change);
    }
  };
}

function untilOnline({ getState, subscribe }: Messenger): Promise<void> {
  return new Promise((resolve) => {
    const forget = subscribe(() => {
      if (getState().connection !== "online") return;
      forget();
      resolve();
    });
  });
}
