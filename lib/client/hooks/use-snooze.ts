"use client";

import { useState } from "react";

const PREFIX = "snoozed ";

function isSnoozed(what: string): boolean {
  try {
    return Number(localStorage.getItem(PREFIX + what)) > Date.now();
  } catch {
    return false;
  }
}

/** Whether this browser is not to speak of something for now, and how to have it so for `ms`. */
export function useSnooze(what: string, ms: number): readonly [boolean, () => void] {
  const [snoozed, setSnoozed] = useState(() => isSnoozed(what));
  const snooze = (): void => {
    setSnoozed(true);
    try {
      localStorage.setItem(PREFIX + what, String(Date.now() + ms));
    } catch {
      // Storage may be refused (private windows): it is quiet for as long as the page lasts.
    }
  };
  return [snoozed, snooze];
}
