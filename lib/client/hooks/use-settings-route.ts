"use client";

import { useSyncExternalStore } from "react";

/** The settings stand in the fragment, as conversations do: `#settings`, `#settings/profile`. */

const PATTERN = /^#settings(?:\/([a-z]+))?$/;
/** Where the settings were entered from, so that leaving them returns there. */
let entrance = "";

/** @param section absent for the list of sections */
export function settingsHref(section?: string): string {
  return section ? `#settings/${section}` : "#settings";
}

export function openSettings(section?: string): void {
  if (!PATTERN.test(location.hash)) entrance = location.hash;
  location.hash = settingsHref(section);
}

export function closeSettings(): void {
  location.hash = entrance;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** Null outside the settings, an empty string at their list, else the section's name, which may not exist. */
export function useSettingsRoute(): string | null {
  return useSyncExternalStore(
    subscribe,
    () => {
      const match = PATTERN.exec(location.hash);
      return match && (match[1] ?? "");
    },
    () => null,
  );
}
