"use client";

import { useSyncExternalStore } from "react";

const EVENTS = ["focus", "blur", "visibilitychange"] as const;

function subscribe(listener: () => void): () => void {
  // Focus and blur do not bubble from the window; visibilitychange reaches it from the document.
  for (const event of EVENTS) window.addEventListener(event, listener);
  return () => {
    for (const event of EVENTS) window.removeEventListener(event, listener);
  };
}

export function isPageActive(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** Whether somebody is looking: the page is visible and has the keyboard's focus. */
export function usePageActive(): boolean {
  return useSyncExternalStore(subscribe, isPageActive, () => false);
}
