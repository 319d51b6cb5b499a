"use client";

import { useSyncExternalStore } from "react";

/** The reports stand in the fragment, as conversations do. */
const PLACE = "#reports";
/** Where they were entered from, so that leaving them returns there. */
let entrance = "";

export function openReports(): void {
  if (location.hash !== PLACE) entrance = location.hash;
  location.hash = PLACE;
}

export function closeReports(): void {
  location.hash = entrance;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

export function useReportsRoute(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => location.hash === PLACE,
    () => false,
  );
}
