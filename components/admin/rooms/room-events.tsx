"use client";

import type { ReactElement } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Table } from "@/components/ui/table";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { RoomDetails } from "@/lib/protocol/http/admin/rooms";
import { useRoomWords } from "./words";

type Moderation = RoomDetails["events"][number];

/** What moderators did in a room. */
export function RoomEvents({ events }: { events: readonly Moderation[] }): ReactElement {
  const { t } = useI18n();
  const words = useRoomWords();

  function sentence({ kind, person, until }: Moderation): string {
    const name = person ? words.person(person) : "";
    if (kind === "muted")
      return until === null
        ? t("serverRooms.event.unmuted", { name })
        : t("serverRooms.event.muted", { name, time: words.moment(until) });
    if (kind === "erased" && person) return t("serverRooms.event.erasedOf", { name });
    return t(`serverRooms.event.${kind}`);
  }

  return (
    <PanelGroup title={t("serverRooms.events")} intro={t("serverRooms.eventsIntro")}>
      <Table
        label={t("serverRooms.events")}
        rows={events.map((event, index) => ({ ...event, index }))}
        rowKey={({ index }) => String(index)}
        rowName={sentence}
        empty={t("serverRooms.noEvents")}
        columns={[
          { id: "what", title: t("serverRooms.event"), cell: sentence },
          { id: "by", title: t("serverRooms.by"), cell: ({ author }) => <bdi>{words.person(author)}</bdi> },
          { id: "at", title: t("serverRooms.at"), numeric: true, cell: ({ at }) => words.moment(at) },
        ]}
      />
    </PanelGroup>
  );
}
