"use client";

import { useEffect } from "react";
import { useUnreadCount } from "@/lib/client/hooks/use-unread-count";

const TITLE = "Sceau";

/** Counts unread conversations in the tab's title. */
export function useUnreadTitle(): void {
  const unread = useUnreadCount();
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${TITLE}` : TITLE;
  }, [unread]);
}
