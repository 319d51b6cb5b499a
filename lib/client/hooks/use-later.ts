"use client";

import { useSyncExternalStore } from "react";

/** Something that is fetched when it is approached. After a failure the next approach tries again. */
export interface Later<T> {
  readonly fetch: () => Promise<T>;
  readonly get: () => T | null;
  readonly subscribe: (listener: () => void) => () => void;
}

export function later<T>(load: () => Promise<T>): Later<T> {
  const listeners = new Set<() => void>();
  let value: T | null = null;
  let running: Promise<T> | null = null;
  return {
    fetch() {
      running ??= load().then(
        (loaded) => {
          value = loaded;
          for (const listener of listeners) listener();
          return loaded;
        },
        (error: unknown) => {
          running = null;
          throw error;
        },
      );
      return running;
    },
    get: () => value,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Null until it is here; does not fetch by itself. */
export function useLater<T>(thing: Later<T>): T | null {
  return useSyncExternalStore(thing.subscribe, thing.get, () => null);
}
