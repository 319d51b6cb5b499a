"use client";

import type { ConversationId } from "@/lib/base/ids";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { ListedRoom } from "@/lib/client/model-rooms";

/** How one stands with a room now; `listed` is what the directory said when it was asked. */
export function useStanding(
  room: ConversationId,
  listed: ListedRoom["standing"] = "none",
): ListedRoom["standing"] {
  const conversations = useMessengerState((state) => state.conversations);
  const waiting = useMessengerState((state) => state.waiting);
  if (conversations?.some(({ id }) => id === room)) return "member";
  if (waiting.some(({ conversation }) => conversation === room)) return "waiting";
  return listed === "banned" ? "banned" : "none";
}
