"use client";

import { type ReactElement, useState } from "react";
import { RoomTile } from "@/components/conversation/room-tile";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { openConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { AddPeopleDialog } from "./add-people-dialog";
import { RenameDialog } from "./rename-dialog";
import { useOpenRoom } from "./use-open-room";

/** What the room is called and about, and the ways for people into it. */
export function AboutRoom(): ReactElement {
  const { t } = useI18n();
  const { id, kind, name, standing, may } = useOpenRoom();
  const [dialog, setDialog] = useState<"rename" | "add" | null>(null);
  const close = (): void => setDialog(null);
  const archived = standing.archived || standing.posting === "nobody";
  const names = may.moderates && !standing.archived;
  return (
    <section className="flex flex-col items-center gap-2 text-center">
      <RoomTile room={{ id, kind, name }} className="size-18 text-3xl" />
      <h3 dir="auto" className="max-w-full text-balance pt-1 font-serif text-xl wrap-anywhere">
        {name}
      </h3>
      <p className="text-soft text-sm">
        {t(kind === "public-room" ? "details.public" : "details.private")}
        {" · "}
        {t("room.members", { count: standing.memberCount })}
        {archived && ` · ${t("details.archived")}`}
      </p>
      {(standing.topic || may.moderates) && (
        <p dir="auto" className={`text-pretty wrap-anywhere ${standing.topic ? "" : "text-faint italic"}`}>
          {standing.topic || t("details.noTopic")}
        </p>
      )}
      <div className="flex flex-wrap justify-center gap-2 pt-2">
        {may.adds && !standing.archived && (
          <Button tone="secondary" icon="userPlus" onClick={() => setDialog("add")}>
            {t("details.add")}
          </Button>
        )}
        {names && kind === "private-room" && (
          <Button
            tone="secondary"
            icon="link"
            onClick={() => openConversationRoute(id, "details=invitations")}
          >
            {t("details.invite")}
          </Button>
        )}
        {names && (
          <Button tone="quiet" icon="pencil" onClick={() => setDialog("rename")}>
            {t("details.edit")}
          </Button>
        )}
      </div>
      {dialog === "rename" && <RenameDialog onClose={close} />}
      {dialog === "add" && <AddPeopleDialog onClose={close} />}
    </section>
  );
}
