"use client";

import { useEffect, useState } from "react";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { ListedRoom } from "@/lib/client/model-rooms";

const PAUSE_MS = 250;
const SHORTEST = 2;
const NONE: readonly ListedRoom[] = [];

/** Public rooms that one is not in and may enter, as the directory finds them once nobody types. */
export function usePublicRooms(query: string): readonly ListedRoom[] {
  const messenger = useMessenger();
  const [found, setFound] = useState(NONE);
  const wanted = query.trim();
  useEffect(() => {
    setFound(NONE);
    if (wanted.length < SHORTEST) return;
    let stale = false;
    const show = (rooms: readonly ListedRoom[]): void => {
      if (!stale) setFound(rooms.filter(({ standing }) => standing === "none" || standing === "waiting"));
    };
    const timer = setTimeout(() => {
      messenger
        .rooms()
        .then((rooms) => rooms.directory(wanted))
        // Without them, there is still everything else; the directory itself says what is wrong.
        .then(show, () => undefined);
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [messenger, wanted]);
  return found;
}
