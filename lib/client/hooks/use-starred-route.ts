"use client";

import { useSyncExternalStore } from "react";
import { closeConversationRoute } from "./use-conversation-route.ts";

/** The starred messages stand in the fragment, as conversations do: `#starred`. */
const STARRED = "#starred";

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

export function openStarred(): void {
  location.hash = STARRED;
}

export function closeStarred(): void {
  closeConversationRoute();
}

export function useStarredRoute(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => location.hash === STARRED,
    () => false,
  );
}
