"use client";

import { type RefObject, useCallback, useEffect, useState } from "react";
import { messageInRoute } from "@/lib/client/hooks/use-conversation-route";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { Conversation } from "@/lib/client/model";
import { pointAt } from "./point-at";
import type { TimelinePlace } from "./timeline-place";

/** Leads to the message that the address names (`&m=`), each time somebody is sent there. */
export function useShownMessage(
  conversation: Conversation["id"],
  pane: RefObject<HTMLElement | null>,
  goTo: (place: TimelinePlace, whenThere: (row: Element) => void) => void,
  complain: (error: unknown) => void,
): void {
  const messenger = useMessenger();
  const [shown, setShown] = useState<{ readonly seq: number } | null>(null);

  const lead = useCallback(() => {
    const seq = messageInRoute(conversation);
    if (seq === null) return;
    messenger.reveal(conversation, seq).then(() => setShown({ seq }), complain);
  }, [messenger, conversation, complain]);

  useEffect(() => {
    lead();
    window.addEventListener("hashchange", lead);
    return () => window.removeEventListener("hashchange", lead);
  }, [lead]);

  useEffect(() => {
    if (!shown) return;
    const third = (pane.current?.clientHeight ?? 0) / 3;
    goTo({ key: "", seq: shown.seq, offset: third }, pointAt);
  }, [shown, pane, goTo]);
}
