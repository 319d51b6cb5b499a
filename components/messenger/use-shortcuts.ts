"use client";

import { useEffect } from "react";

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

export function switcherKeys(): string {
  return isApple() ? "⌘ K" : "Ctrl K";
}

/** @param shift what that key is called */
export function searchKeys(shift: string): string {
  return isApple() ? "⇧ ⌘ F" : `Ctrl ${shift} F`;
}

/** From what is being written to the messages above it. */
export function messagesKeys(): string {
  return isApple() ? "⌥ ↑" : "Alt ↑";
}

/** With Control, or with Command on Apple's keyboards. */
function useShortcut(letter: string, shift: boolean, act: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const modifier = isApple() ? event.metaKey : event.ctrlKey;
      if (!modifier || event.shiftKey !== shift || event.altKey || event.key.toLowerCase() !== letter) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [letter, shift, act]);
}

/** The quick switcher. */
export function useSwitcherShortcut(toggle: () => void): void {
  useShortcut("k", false, toggle);
}

/** Searching in all conversations. */
export function useSearchShortcut(open: () => void): void {
  useShortcut("f", true, open);
}
