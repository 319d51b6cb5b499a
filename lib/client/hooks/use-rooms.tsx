"use client";

import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
} from "react";
import type { Rooms } from "../model-rooms.ts";
import { useMessenger } from "./use-messenger.tsx";

const RoomsContext = createContext<Rooms | null>(null);

/** Loads what is done with rooms, for the views below it. */
export function RoomsProvider(props: {
  loading: ReactNode;
  failed: (error: unknown, retry: () => void) => ReactNode;
  children: ReactNode;
}): ReactElement {
  const { loading, failed, children } = props;
  const messenger = useMessenger();
  const [rooms, setRooms] = useState<Rooms | null>(null);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  const load = useCallback(() => {
    setFailure(null);
    messenger.rooms().then(setRooms, (error: unknown) => setFailure({ error }));
  }, [messenger]);
  useEffect(load, [load]);

  if (failure) return <>{failed(failure.error, load)}</>;
  if (!rooms) return <>{loading}</>;
  return <RoomsContext value={rooms}>{children}</RoomsContext>;
}

export function useRooms(): Rooms {
  const rooms = useContext(RoomsContext);
  if (!rooms) throw new Error("useRooms needs a RoomsProvider above it");
  return rooms;
}
