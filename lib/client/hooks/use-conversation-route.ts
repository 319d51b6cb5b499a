"use client";

import { useSyncExternalStore } from "react";
import type { ConversationId } from "../../base/ids.ts";
import { ID_CHARS } from "../../base/ids.ts";

/** The open conversation stands in the fragment: the server never sees it, and the back gesture works. */

const PATTERN = new RegExp(`^#c=([A-Za-z0-9_-]{${ID_CHARS}})$`);
/** Whether the list was left within this page, so that going back returns to it. */
let cameFromList = false;

export function conversationHref(conversation: ConversationId): string {
  return `#c=${conversation}`;
}

function read(): ConversationId | null {
  return (PATTERN.exec(location.hash)?.[1] ?? null) as ConversationId | null;
}

function subscribe(listener: () => void): () => void {
  const changed = (event: HashChangeEvent): void => {
    cameFromList = new URL(event.oldURL).hash === "" && read() !== null;
    listener();
  };
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

export function openConversationRoute(conversation: ConversationId): void {
  location.hash = conversationHref(conversation);
}

export function closeConversationRoute(): void {
  if (cameFromList) history.back();
  else location.replace("#");
}

/** The conversation that the address names; it may not exist. */
export function useConversationRoute(): ConversationId | null {
  return useSyncExternalStore(subscribe, read, () => null);
}
