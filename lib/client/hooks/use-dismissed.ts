"use client";

import { useState } from "react";

const KEY = "dismissed announcements";

function read(): readonly unknown[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/**
 * Which announcements were put away in this browser, and how to put one away.
 * @param present those that there are: others are forgotten
 */
export function useDismissed<Id extends string>(
  present: readonly Id[],
): readonly [dismissed: readonly unknown[], dismiss: (id: Id) => void] {
  const [dismissed, setDismissed] = useState(read);
  const dismiss = (id: Id): void => {
    const kept = [...present.filter((one) => dismissed.includes(one)), id];
    setDismissed(kept);
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // Storage may be refused (private windows): it is away for as long as the page lasts.
    }
  };
  return [dismissed, dismiss];
}
