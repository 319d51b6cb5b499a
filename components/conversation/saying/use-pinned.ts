"use client";

import { useCallback } from "react";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Message } from "@/lib/client/model";
import type { RoomStanding } from "@/lib/client/model-rooms";
import { useTalk } from "./talk";

const NOTHING: readonly Message[] = [];

/** What the room pins, as far as it can be shown here; the newest `most` are fetched. */
export function usePinned(
  { pins }: RoomStanding,
  most: number,
): { readonly pinned: readonly Message[]; readonly settled: boolean } {
  const messenger = useMessenger();
  const { id } = useTalk().conversation;
  const pinned = useMessengerState((state) => state.timelines.get(id)?.pinned) ?? NOTHING;
  const ready = useMessengerState((state) => state.timelines.get(id)?.state === "ready");
  const which = pins.map((pin) => pin.id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: other pins are another question.
  const load = useCallback(async () => {
    if (ready) await messenger.loadPinned(id, most);
    return ready;
  }, [messenger, id, most, ready, which]);
  const { value, error } = useLoaded(load);
  return { pinned, settled: value === true || error !== null };
}
