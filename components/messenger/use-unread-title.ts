"use client";

import { useEffect } from "react";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";

const TITLE = "Sceau";

/** Counts unread conversations in the tab's title. */
export function useUnreadTitle(): void {
  const conversations = useMessengerState((state) => state.conversations);
  const unread = conversations?.filter((conversation) => conversation.unread > 0).length ?? 0;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${TITLE}` : TITLE;
  }, [unread]);
}
