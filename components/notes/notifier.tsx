"use client";

import { type ReactElement, useCallback, useEffect, useEffectEvent, useState } from "react";
import { openMessage } from "@/components/conversation/open-message";
import { previewText } from "@/components/conversation/preview-text";
import { useI18n } from "@/lib/client/hooks/i18n";
import { showIconBadge } from "@/lib/client/hooks/icon-badge";
import { NotesTexts } from "@/lib/client/hooks/notes-texts";
import { type Arrival, type NotificationWords, startNotifier } from "@/lib/client/hooks/notifier";
import { conversationName, personName } from "@/lib/client/hooks/person-name";
import type { Translate } from "@/lib/client/hooks/translate";
import { conversationInRoute } from "@/lib/client/hooks/use-conversation-route";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import { useUnreadCount } from "@/lib/client/hooks/use-unread-count";
import type { MessengerState } from "@/lib/client/model";
import { ArrivalToast } from "./arrival-toast";

/** Whoever reads along has read a message by then: the icon is drawn anew for each change. */
const BADGE_MS = 300;

/** Tells of what arrives where nobody looks, and counts it on the icon. */
export function Notifier(): ReactElement {
  return (
    <NotesTexts>
      <Running />
    </NotesTexts>
  );
}

function Running(): ReactElement {
  const { t } = useI18n();
  const messenger = useMessenger();
  const [arrivals, setArrivals] = useState<readonly Arrival[]>([]);
  const count = useUnreadCount();
  useEffect(() => {
    const soon = setTimeout(showIconBadge, BADGE_MS, count);
    return () => clearTimeout(soon);
  }, [count]);

  const words = (arrival: Arrival) => wordsOf(arrival, messenger.getState(), t);
  const summary = (all: readonly Arrival[]) => ({
    title: "Sceau",
    body: t("notify.summary", { count: all.length }),
  });
  const latestWords = useEffectEvent(words);
  const latestSummary = useEffectEvent(summary);
  useEffect(
    () =>
      startNotifier(messenger, {
        toast: setArrivals,
        words: (arrival) => latestWords(arrival),
        summary: (all) => latestSummary(all),
        shown: conversationInRoute,
        open: (arrival) => arrival && openArrival(arrival),
      }),
    [messenger],
  );

  const [first] = arrivals;
  const close = useCallback(() => setArrivals([]), []);
  return (
    <div role="status" aria-label={t("notify.arrivals")}>
      {first && (
        <ArrivalToast
          key={first.message.id}
          arrival={first}
          words={arrivals.length > 1 ? summary(arrivals) : words(first)}
          onOpen={() => {
            close();
            openArrival(first);
          }}
          onClose={close}
        />
      )}
    </div>
  );
}

function wordsOf(
  { conversation, message }: Arrival,
  { settings, people }: MessengerState,
  t: Translate,
): NotificationWords {
  if (settings.preview === "nothing") return { title: "Sceau", body: t("notify.newMessage") };
  const person = people.get(message.sender) ?? conversation.peer;
  const name = person ? personName(person, t) : t("people.unknown");
  return {
    title: conversation.room ? t("notify.inRoom", { name, room: conversationName(conversation, t) }) : name,
    body: settings.preview === "text" ? previewText(message, t) : t("notify.newMessage"),
  };
}

function openArrival({ conversation, message }: Arrival): void {
  openMessage(conversation.id, message);
}
