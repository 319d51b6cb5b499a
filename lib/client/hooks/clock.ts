"use client";

import { useSyncExternalStore } from "react";

/** How the time of day is written in this browser: as its own language does, or as the person chose. */
export const CLOCKS = ["automatic", "h23", "h12"] as const;
export type Clock = (typeof CLOCKS)[number];

/** The localStorage key; absent means automatic. */
const CLOCK_KEY = "clock";

const listeners = new Set<() => void>();
let chosen: Clock | null = null;

function read(): Clock {
  if (chosen) return chosen;
  try {
    const kept = localStorage.getItem(CLOCK_KEY);
    chosen = kept === "h23" || kept === "h12" ? kept : "automatic";
  } catch {
    chosen = "automatic";
  }
  return chosen;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setClock(clock: Clock): void {
  chosen = clock;
  try {
    if (clock === "automatic") localStorage.removeItem(CLOCK_KEY);
    else localStorage.setItem(CLOCK_KEY, clock);
  } catch {
    // Storage may be refused (private windows): the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

/** The browser's own language decides where nobody has: the pages' English is neither British nor American. */
export function hourCycle(): "h23" | "h12" {
  const clock = read();
  if (clock !== "automatic") return clock;
  const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
  return hourCycle === "h12" || hourCycle === "h11" ? "h12" : "h23";
}

export function useClock(): Clock {
  return useSyncExternalStore(subscribe, read, () => "automatic");
}
