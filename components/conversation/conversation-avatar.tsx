"use client";

import type { ReactElement } from "react";
import { PersonAvatar } from "@/components/presence/person-avatar";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName } from "@/lib/client/hooks/person-name";
import type { Conversation } from "@/lib/client/model";
import { RoomTile } from "./room-tile";

/** The other one's picture and whether they are there, or a room's own tile. */
export function ConversationAvatar(props: { conversation: Conversation; className: string }): ReactElement {
  const { t } = useI18n();
  const { conversation, className } = props;
  const { id, kind, peer } = conversation;
  if (peer) return <PersonAvatar person={peer} className={className} />;
  return <RoomTile room={{ id, kind, name: conversationName(conversation, t) }} className={className} />;
}
