"use client";

import { type ReactElement, useEffect, useRef } from "react";
import { useToast } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName } from "@/lib/client/hooks/person-name";
import { RoomsTexts } from "@/lib/client/hooks/rooms-texts";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Conversation } from "@/lib/client/model";
import { wasExpectedDeparture } from "./departures";

/**
 * Says when a room has gone from the list that this person did not leave.
 * @param since the list as it was at first: what tells of it comes later, and must not have missed any
 */
export function DepartureNews({ since }: { since: readonly Conversation[] }): ReactElement {
  return (
    <RoomsTexts>
      <Watch since={since} />
    </RoomsTexts>
  );
}

function Watch({ since }: { since: readonly Conversation[] }): null {
  const { t } = useI18n();
  const toast = useToast();
  const conversations = useMessengerState((state) => state.conversations);
  const before = useRef(since);
  useEffect(() => {
    if (!conversations) return;
    const here = new Set(conversations.map(({ id }) => id));
    for (const gone of before.current) {
      if (!gone.room || here.has(gone.id) || wasExpectedDeparture(gone.id)) continue;
      toast(t("departures.gone", { name: conversationName(gone, t) }));
    }
    before.current = conversations;
  }, [conversations, toast, t]);
  return null;
}
