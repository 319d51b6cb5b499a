"use client";

import type { ReactElement } from "react";
import { usePresence } from "@/components/presence/use-presence";
import { useRetention } from "@/components/retention/use-retention";
import { VerifiedMark } from "@/components/trust/verified-mark";
import { IconButton } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName } from "@/lib/client/hooks/person-name";
import { closeConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Conversation } from "@/lib/client/model";
import { shorterRetention } from "@/lib/protocol/retention";
import { ConversationAvatar } from "./conversation-avatar";
import { useSaying } from "./saying/use-saying";

/** @param alerted whether something about the conversation is wrong: no seal stands beside that */
export function ConversationHeader(props: { conversation: Conversation; alerted: boolean }): ReactElement {
  const { conversation, alerted } = props;
  const { peer, room } = conversation;
  const { t } = useI18n();
  const presence = usePresence();
  const saying = useSaying();
  const name = conversationName(conversation, t);
  const longest = useMessengerState((state) => state.longestRetention);
  const retention = shorterRetention(conversation.retentionSeconds, longest);
  const views = useRetention(retention > 0);
  const about = room ? room.topic : peer?.status;
  return (
    <header className="flex h-15 shrink-0 items-center gap-3 border-line border-b px-3 sm:px-5">
      <IconButton
        icon="arrowLeft"
        label={t("messenger.toList")}
        onClick={closeConversationRoute}
        className="-ms-2 md:hidden"
      />
      <ConversationAvatar conversation={conversation} className="size-9 text-sm" />
      <div className="min-w-0 flex-1">
        <h2 className="cut font-semibold">
          <bdi>{name}</bdi>
          {!alerted && peer && <VerifiedMark id={peer.id} />}
        </h2>
        <p className="truncate text-faint text-xs leading-tight">
          {retention > 0 && views && <views.RetentionMark seconds={retention} />}
          {presence && peer && !peer.deleted && <presence.PresenceWord id={peer.id} />}
          {room ? t("room.members", { count: room.memberCount }) : peer?.name}
          {about && (
            <>
              {" · "}
              <bdi>{about}</bdi>
            </>
          )}
        </p>
      </div>
      {saying && <saying.HeaderActions conversation={conversation} />}
    </header>
  );
}
