"use client";

import { useSyncExternalStore } from "react";
import { followRoute, goUp, leavePlaces } from "./use-conversation-route.ts";

/** The settings stand in the fragment, as conversations do: `#settings`, `#settings/profile`. */

const PATTERN = /^#settings(?:\/([a-z]+))?$/;

/** @param section absent for the list of sections */
export function settingsHref(section?: string): string {
  return section ? `#settings/${section}` : "#settings";
}

export function openSettings(section?: string): void {
  location.hash = settingsHref(section);
}

export function toSettingsList(): void {
  goUp(settingsHref());
}

/** Back to where they were entered from. */
export function closeSettings(): void {
  leavePlaces(PATTERN);
}

/** Null outside the settings, an empty string at their list, else the section's name, which may not exist. */
export function useSettingsRoute(): string | null {
  return useSyncExternalStore(
    followRoute,
    () => {
      const match = PATTERN.exec(location.hash);
      return match && (match[1] ?? "");
    },
    () => null,
  );
}
