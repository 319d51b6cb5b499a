"use client";

import { clsx } from "clsx";
import type { ReactElement } from "react";
import { RoomTile } from "@/components/conversation/room-tile";
import type { ConversationId } from "@/lib/base/ids";
import { useI18n } from "@/lib/client/hooks/i18n";
import { RoomsTexts } from "@/lib/client/hooks/rooms-texts";
import { conversationHref } from "@/lib/client/hooks/use-conversation-route";
import type { Waiting } from "@/lib/client/model-rooms";

interface WaitingListProps {
  waiting: readonly Waiting[];
  selected: ConversationId | null;
}

/** Rooms that one has asked to enter, above the conversations. */
export function WaitingList(props: WaitingListProps): ReactElement {
  return (
    <RoomsTexts>
      <Listed {...props} />
    </RoomsTexts>
  );
}

function Listed({ waiting, selected }: WaitingListProps): ReactElement {
  const { t } = useI18n();
  return (
    <ul aria-label={t("waiting.list")} className="shrink-0 border-line border-b px-2 pb-2">
      {waiting.map(({ conversation, name }) => (
        <li key={conversation}>
          <a
            href={conversationHref(conversation)}
            aria-current={conversation === selected ? "page" : undefined}
            className={clsx(
              "flex items-center gap-3 rounded-xl px-2.5 py-2 transition-colors focus-visible:-outline-offset-2",
              conversation === selected ? "bg-tint" : "hover:bg-hover",
            )}
          >
            <RoomTile
              room={{ id: conversation, kind: name ? "public-room" : "private-room", name: name || "·" }}
              className="size-9 text-base opacity-60"
            />
            <span className="min-w-0">
              <span className="cut font-medium">
                <bdi>{name || t("waiting.private")}</bdi>
              </span>
              <span className="block truncate text-sm text-soft italic">{t("waiting.short")}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
