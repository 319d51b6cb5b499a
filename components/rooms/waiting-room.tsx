"use client";

import type { ReactElement } from "react";
import { RoomTile } from "@/components/conversation/room-tile";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { RoomsTexts } from "@/lib/client/hooks/rooms-texts";
import { closeConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { RoomsProvider } from "@/lib/client/hooks/use-rooms";
import type { Waiting } from "@/lib/client/model-rooms";
import { WaitingCard } from "./waiting-card";

/** In the place of a room's messages, until somebody lets one in. */
export function WaitingRoom({ waiting }: { waiting: Waiting }): ReactElement {
  const failed = (error: unknown, retry: () => void) => <PanelFailed error={error} onRetry={retry} />;
  return (
    <div className="flex flex-1 flex-col items-center justify-center p-6">
      <div className="flex w-full max-w-md flex-col gap-5">
        <RoomsTexts failed={failed}>
          <RoomsProvider loading={<PanelSkeleton />} failed={failed}>
            <Standing waiting={waiting} />
          </RoomsProvider>
        </RoomsTexts>
      </div>
    </div>
  );
}

function Standing({ waiting: { conversation, name } }: { waiting: Waiting }): ReactElement {
  const { t } = useI18n();
  return (
    <>
      <RoomTile
        room={{ id: conversation, kind: name ? "public-room" : "private-room", name: name || "·" }}
        className="size-14 text-2xl"
      />
      <h2 dir="auto" className="text-balance font-serif text-xl wrap-anywhere">
        {t("waiting.title", { name: name || t("waiting.private") })}
      </h2>
      <WaitingCard room={conversation} name={name} />
      <Button tone="secondary" className="self-start md:hidden" onClick={closeConversationRoute}>
        {t("messenger.toList")}
      </Button>
    </>
  );
}
