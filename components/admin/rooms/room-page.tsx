"use client";

import { type ReactElement, useCallback } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { BackLink } from "@/components/admin/back-link";
import { useAmounts } from "@/components/admin/overview/amounts";
import { durationText, paceOf } from "@/components/rooms/policy-choices";
import { PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { FactList } from "@/components/ui/fact-list";
import { Icon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import type { ConversationId } from "@/lib/base/ids";
import { useRoomCalls } from "@/lib/client/hooks/admin/rooms";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useGuarded } from "@/lib/client/hooks/admin/use-guarded";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { RoomDetails } from "@/lib/protocol/http/admin/rooms";
import { ArchiveRoom } from "./archive-room";
import { DeleteRoom } from "./delete-room";
import { HandOver } from "./hand-over";
import { RoomEvents } from "./room-events";
import { RoomMembers } from "./room-members";
import { useRoomWords } from "./words";

/** One room: what the server knows of it, who is in it, and its end. */
export function RoomPage({ id }: { id: ConversationId }): ReactElement {
  const { t } = useI18n();
  const { may } = useAdmin();
  const words = useRoomWords();
  const { read } = useRoomCalls();
  const { value, error, reload } = useGuarded(useCallback(() => read(id), [read, id]));
  return (
    <>
      <BackLink href={adminHref("rooms")}>{t("serverRooms.back")}</BackLink>
      {value ? (
        <>
          <h3 className="wrap-anywhere font-serif text-2xl">
            <bdi>{words.title(value.room)}</bdi>
          </h3>
          {value.room.archived && <Notice icon="lock">{t("serverRooms.isArchived")}</Notice>}
          {value.leaders !== "owner" && (
            <Notice icon="info">{t(`serverRooms.leaders.${value.leaders}`)}</Notice>
          )}
          <Facts details={value} />
          {may("see-access-rules") && (
            <a
              href={adminHref("access-rules", id)}
              className="target -ms-2 inline-flex items-center gap-2 self-start rounded-lg px-2 text-accent hover:bg-hover"
            >
              <Icon name="lock" className="size-4.5" />
              {t("serverRooms.rules")}
            </a>
          )}
          <RoomMembers id={id} />
          <RoomEvents events={value.events} />
          {value.room.ownerless && value.leaders !== "broken" && (
            <HandOver room={value.room} offer={value.offer} onChanged={reload} />
          )}
          {may("change-rooms") && <ArchiveRoom room={value.room} onChanged={reload} />}
          {may("change-rooms") && <DeleteRoom room={value.room} />}
        </>
      ) : error === null ? (
        <PanelSkeleton />
      ) : (
        <AdminFailed error={error} onRetry={reload} />
      )}
    </>
  );
}

function Facts({ details: { room, countedAt } }: { details: RoomDetails }): ReactElement {
  const { t, locale } = useI18n();
  const words = useRoomWords();
  const amounts = useAmounts();
  const { kind, topic, slowSeconds, retentionSeconds } = room;
  const facts: [string, string][] = [
    [t("serverRooms.kind"), t(`serverRooms.kind.${kind}`)],
    [t("serverRooms.id"), room.id],
    ...(topic ? [[t("serverRooms.topic"), topic] as [string, string]] : []),
    [t("serverRooms.members"), amounts.number(room.members)],
    [t("serverRooms.requests"), amounts.number(room.requests)],
    [t("serverRooms.bans"), amounts.number(room.bans)],
    [t("serverRooms.messages"), amounts.number(room.messages)],
    [t("serverRooms.size"), words.size(room.bytes, countedAt)],
    [t("serverRooms.created"), words.moment(room.createdAt)],
    [t("serverRooms.active"), room.messages === 0 ? "–" : words.day(room.activeDay)],
    [t("serverRooms.posting"), t(`serverRooms.posting.${room.posting}`)],
    [
      t("serverRooms.slow"),
      slowSeconds === 0
        ? t("serverRooms.slow.off")
        : t("serverRooms.slow.every", paceOf(slowSeconds, locale)),
    ],
    [
      t("serverRooms.retention"),
      retentionSeconds === 0
        ? t("serverRooms.retention.never")
        : t("serverRooms.retention.after", { time: durationText(retentionSeconds, locale) }),
    ],
  ];
  const intro = kind === "private-room" ? t("serverRooms.factsPrivate") : t("serverRooms.factsPublic");
  return (
    <PanelGroup title={t("serverRooms.facts")} intro={intro}>
      <FactList facts={facts} />
    </PanelGroup>
  );
}
