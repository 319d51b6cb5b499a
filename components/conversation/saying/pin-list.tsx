"use client";

import type { ReactElement } from "react";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { RoomStanding } from "@/lib/client/model-rooms";
import { LIMITS } from "@/lib/protocol/limits";
import { openMessage } from "../open-message";
import { moveByArrows } from "./actions-panel";
import { Panel } from "./panel";
import { QuotedWords } from "./quote";
import { useTalk } from "./talk";
import { usePinned } from "./use-pinned";

/** Everything that the room pins and this person can read, the latest pin first. */
export function PinList(props: { room: RoomStanding; from: HTMLElement; onClose: () => void }): ReactElement {
  const { room, from, onClose } = props;
  const { t } = useSayingTexts();
  const { conversation } = useTalk();
  const { pinned, settled } = usePinned(room, LIMITS.roomPins);
  return (
    <Panel
      title={t("pins.title")}
      from={from}
      onClose={onClose}
      onKeyDown={moveByArrows}
      className="sm:w-92 sm:max-w-[calc(100vw-1rem)]"
    >
      <div aria-busy={!settled} className="flex min-h-16 flex-col gap-1 overflow-y-auto p-1.5">
        {settled && pinned.length === 0 && <p className="p-2.5 text-soft">{t("pins.none")}</p>}
        {pinned.map((message) => (
          <button
            key={message.id}
            type="button"
            onClick={() => {
              onClose();
              openMessage(conversation.id, message);
            }}
            className="target block w-full rounded-md px-2.5 py-1.5 text-start text-sm hover:bg-hover focus-visible:-outline-offset-2"
          >
            <QuotedWords message={message} />
          </button>
        ))}
      </div>
    </Panel>
  );
}
