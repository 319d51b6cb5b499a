"use client";

import { useEffect, useState } from "react";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import type { ListedRoom } from "@/lib/client/model-rooms";

const DEBOUNCE_MS = 180;

interface Directory {
  /** Of the last search that was answered; null before the first was. */
  readonly rooms: readonly ListedRoom[] | null;
  readonly error: unknown;
  readonly retry: () => void;
}

/** Public rooms, searched as one types; an answer that comes late is dropped. */
export function useDirectory(query: string): Directory {
  const client = useRooms();
  const [rooms, setRooms] = useState<readonly ListedRoom[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const wanted = query.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another search.
  useEffect(() => {
    let stale = false;
    setError(null);
    const timer = setTimeout(
      () => {
        client.directory(wanted).then(
          (found) => !stale && setRooms(found),
          (reason: unknown) => !stale && setError(reason),
        );
      },
      wanted === "" ? 0 : DEBOUNCE_MS,
    );
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [client, wanted, attempt]);
  return { rooms, error, retry: () => setAttempt((count) => count + 1) };
}
