"use client";

import type { ReactElement } from "react";
import { RoomTile } from "@/components/conversation/room-tile";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { openConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import type { ListedRoom } from "@/lib/client/model-rooms";
import { useStanding } from "./use-standing";

/** A public room, and what one can do about it. */
export function DirectoryRow({ room, onOpened }: { room: ListedRoom; onOpened: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const rooms = useRooms();
  const { id, name, topic, memberCount } = room;
  const standing = useStanding(id, room.standing);
  const join = useAction(() => rooms.join(id));
  const cancel = useAction(() => rooms.cancelJoining(id));
  const error = join.error ?? cancel.error;
  const open = (): void => {
    openConversationRoute(id);
    onOpened();
  };
  return (
    <li className="flex items-start gap-3 rounded-lg px-2.5 py-2.5">
      <RoomTile room={{ id, kind: "public-room", name }} className="size-10 text-lg" />
      <div className="min-w-0 flex-1">
        <p className="cut font-medium">
          <bdi>{name}</bdi>
        </p>
        <p className="line-clamp-2 text-sm text-soft wrap-anywhere">
          {t("room.members", { count: memberCount })}
          {topic && (
            <>
              {" · "}
              <bdi>{topic}</bdi>
            </>
          )}
        </p>
        <div role="status" className="text-pretty text-sm">
          {standing === "waiting" && <p className="pt-1 text-soft">{t("directory.waiting", { name })}</p>}
        </div>
        {standing === "banned" && <p className="pt-1 text-sm text-danger">{t("directory.banned")}</p>}
        {error !== null && (
          <p role="alert" className="pt-1 text-danger text-sm">
            {errorText(error)}
          </p>
        )}
      </div>
      {standing === "member" && (
        <Button tone="secondary" aria-label={t("directory.openLabel", { name })} onClick={open}>
          {t("directory.open")}
        </Button>
      )}
      {standing === "none" && (
        <Button aria-label={t("directory.joinLabel", { name })} busy={join.busy} onClick={join.run}>
          {t("directory.join")}
        </Button>
      )}
      {standing === "waiting" && (
        <Button
          tone="secondary"
          aria-label={t("waiting.cancelLabel", { name })}
          busy={cancel.busy}
          onClick={cancel.run}
        >
          {t("common.cancel")}
        </Button>
      )}
    </li>
  );
}
