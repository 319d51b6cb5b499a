"use client";

import { useEffect } from "react";

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

export function findPersonKeys(): string {
  return isApple() ? "⌘ K" : "Ctrl K";
}

/** Ctrl-K, or Command-K on Apple's keyboards. */
export function useFindPersonShortcut(open: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const modifier = isApple() ? event.metaKey : event.ctrlKey;
      if (!modifier || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      open();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [open]);
}
