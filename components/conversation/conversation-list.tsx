"use client";

import { type ReactElement, Suspense } from "react";
import { Button } from "@/components/ui/button";
import { lateView } from "@/components/ui/late-view";
import { Skeleton } from "@/components/ui/skeleton";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { openRoomDialog } from "@/lib/client/hooks/use-room-dialog";
import { useToday } from "@/lib/client/hooks/use-today";
import type { Conversation } from "@/lib/client/model";
import { ConversationItem } from "./conversation-item";

const WaitingList = lateView(async () => (await import("@/components/rooms/waiting-list")).WaitingList);

export function ConversationList(props: {
  selected: Conversation["id"] | null;
  onFindPerson: () => void;
}): ReactElement {
  const { t } = useI18n();
  const conversations = useMessengerState((state) => state.conversations);
  const waiting = useMessengerState((state) => state.waiting);
  const today = useToday();
  if (!conversations) return <ConversationListSkeleton />;
  const shown = conversations.filter(({ blocked }) => !blocked);
  if (shown.length === 0 && waiting.length === 0) {
    return (
      <div className="flex flex-1 flex-col items-center justify-center gap-2 p-6 text-center">
        <p className="font-serif text-xl">{t("messenger.none")}</p>
        <p className="max-w-60 text-pretty text-soft">{t("messenger.noneBody")}</p>
        <Button icon="userPlus" className="mt-2" onClick={props.onFindPerson}>
          {t("messenger.write")}
        </Button>
        <Button icon="users" tone="secondary" onClick={() => openRoomDialog("browse")}>
          {t("room.browse")}
        </Button>
      </div>
    );
  }
  return (
    <>
      {waiting.length > 0 && (
        <Suspense>
          <WaitingList waiting={waiting} selected={props.selected} />
        </Suspense>
      )}
      <ul className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2">
        {shown.map((conversation) => (
          <ConversationItem
            key={conversation.id}
            conversation={conversation}
            selected={conversation.id === props.selected}
            today={today}
          />
        ))}
      </ul>
    </>
  );
}

const PLACES = [0, 1, 2, 3, 4, 5];

export function ConversationListSkeleton(): ReactElement {
  return (
    <div aria-hidden="true" className="flex animate-late flex-col px-2">
      {PLACES.map((place) => (
        <div key={place} className="flex items-center gap-3 px-2.5 py-2.5">
          <Skeleton className="size-11 rounded-full" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3.5 w-1/2 rounded-md" />
            <Skeleton className="h-3 w-4/5 rounded-md" />
          </div>
        </div>
      ))}
    </div>
  );
}
