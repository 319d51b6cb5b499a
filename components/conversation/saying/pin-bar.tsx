"use client";

import { type ReactElement, useState } from "react";
import { Icon } from "@/components/ui/icons";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { RoomStanding } from "@/lib/client/model-rooms";
import { openMessage } from "../open-message";
import { previewText } from "../preview-text";
import { PinList } from "./pin-list";
import { useTalk } from "./talk";
import { useNames } from "./use-names";
import { usePinned } from "./use-pinned";

/** The newest pinned message under the room's header; a press leads there, another one shows all of them. */
export function PinBar({ room }: { room: RoomStanding }): ReactElement | null {
  const { t } = useSayingTexts();
  const { nameOf } = useNames();
  const { conversation } = useTalk();
  const { pinned, settled } = usePinned(room, 1);
  const [listFrom, setListFrom] = useState<HTMLElement | null>(null);
  const [newest] = pinned;
  if (!newest && settled) return null;
  return (
    <div className="flex h-11 shrink-0 items-stretch border-line border-b bg-shade/50 ps-3 pe-1 text-sm sm:ps-5 sm:pe-3">
      {newest && (
        <button
          type="button"
          title={t("pins.go")}
          onClick={() => openMessage(conversation.id, newest)}
          className="flex min-w-0 flex-1 items-center gap-2 text-start hover:text-ink focus-visible:-outline-offset-2"
        >
          <Icon name="pin" className="size-4 text-soft" />
          <span className="sr-only">{t("pins.pinned")}:</span>
          <span className="min-w-0 truncate text-soft">
            <bdi className="font-medium text-ink">{nameOf(newest.sender)}</bdi>{" "}
            <bdi>{previewText(newest, t)}</bdi>
          </span>
        </button>
      )}
      {newest && room.pins.length > 1 && (
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={(event) => setListFrom(event.currentTarget)}
          className="shrink-0 rounded-lg px-3 font-medium text-accent hover:bg-hover focus-visible:-outline-offset-2"
        >
          {t("pins.all", { count: room.pins.length })}
        </button>
      )}
      {listFrom && <PinList room={room} from={listFrom} onClose={() => setListFrom(null)} />}
    </div>
  );
}
