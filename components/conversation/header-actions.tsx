"use client";

import type { ReactElement } from "react";
import { NotifyButton } from "@/components/notes/notify-button";
import { RetentionButton } from "@/components/retention/retention-button";
import { SafetyButton } from "@/components/trust/safety-button";
import type { Conversation } from "@/lib/client/model";
import { DetailsButton } from "./details-button";
import { SearchButton } from "./search-button";

/** What one can do with a conversation as a whole. */
export function HeaderActions({ conversation }: { conversation: Conversation }): ReactElement {
  const { id, peer, room } = conversation;
  return (
    <>
      {!room?.refused && <SearchButton conversation={conversation} />}
      <NotifyButton key={id} conversation={conversation} />
      {peer && !peer.deleted && (
        <>
          <RetentionButton conversation={conversation} />
          <SafetyButton conversation={conversation} peer={peer} />
        </>
      )}
      {room && !room.refused && <DetailsButton conversation={conversation} />}
    </>
  );
}
