"use client";

import { useSyncExternalStore } from "react";

/** The reports stand in the fragment, as conversations do. */
const PLACE = "#reports";
/** Whether they were entered from within this page: then leaving them is going back. */
let entered = false;

export function openReports(): void {
  if (location.hash === PLACE) return;
  location.hash = PLACE;
  entered = true;
}

export function closeReports(): void {
  if (entered) history.back();
  else location.replace("#");
}

function subscribe(listener: () => void): () => void {
  const changed = (): void => {
    if (location.hash !== PLACE) entered = false;
    listener();
  };
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

export function useReportsRoute(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => location.hash === PLACE,
    () => false,
  );
}
