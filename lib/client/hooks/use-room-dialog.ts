"use client";

import { useSyncExternalStore } from "react";

/** What about rooms stands above the page: making one, looking for one, or an invitation that was followed. */
export type RoomDialog = "new" | "browse" | "join";

/** Invitations are addresses, kept from the server in the fragment: `#join=<room>.<invitation>.<secret>`. */
const INVITATION = "#join=";

const listeners = new Set<() => void>();
let chosen: RoomDialog | null = null;

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("hashchange", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("hashchange", listener);
  };
}

export function openRoomDialog(dialog: "new" | "browse"): void {
  chosen = dialog;
  tell();
}

export function closeRoomDialog(): void {
  chosen = null;
  if (location.hash.startsWith(INVITATION)) location.replace("#");
  tell();
}

export function useRoomDialog(): RoomDialog | null {
  return useSyncExternalStore(
    subscribe,
    () => (location.hash.startsWith(INVITATION) ? "join" : chosen),
    () => null,
  );
}
