"use client";

import { type ReactElement, useDeferredValue } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { useAmounts } from "@/components/admin/overview/amounts";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { Table } from "@/components/ui/table";
import type { Column } from "@/components/ui/table-model";
import { type RoomsQuestion, useRoomCalls } from "@/lib/client/hooks/admin/rooms";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useAnswers } from "@/lib/client/hooks/admin/use-answers";
import { useI18n } from "@/lib/client/hooks/i18n";
import { ROOM_GROUPS, type RoomRow, type RoomSort } from "@/lib/protocol/http/admin/rooms";
import { LIMITS } from "@/lib/protocol/limits";
import { useRoomWords } from "./words";

interface ListProps {
  question: RoomsQuestion;
  onQuestion: (question: RoomsQuestion) => void;
}

/** Rooms a page at a time, or those that a search finds. */
export function RoomsList({ question, onQuestion }: ListProps): ReactElement {
  const { t } = useI18n();
  const words = useRoomWords();
  const { rows, countedAt, more, error, reload, busy, older, newer } = useAnswers(
    useRoomCalls().list,
    useDeferredValue(question),
  );
  const columns = useRoomColumns(countedAt);
  const ask = (changed: Partial<RoomsQuestion>): void => onQuestion({ ...question, ...changed });
  const searching = question.search.trim() !== "";
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_14rem]">
        <TextField
          type="search"
          label={t("serverRooms.search")}
          hint={t("serverRooms.searchHint")}
          autoComplete="off"
          maxLength={LIMITS.searchChars.max}
          value={question.search}
          onChange={(event) => ask({ search: event.target.value })}
        />
        <SelectField
          label={t("serverRooms.show")}
          value={question.group}
          choices={ROOM_GROUPS.map((value) => ({ value, label: t(`serverRooms.group.${value}`) }))}
          onChange={(group) => ask({ group, search: "" })}
        />
      </div>
      <Table
        label={t("serverRooms.list")}
        rows={rows}
        failed={error !== null && rows === null && <AdminFailed error={error} onRetry={reload} />}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={words.title}
        href={({ id }) => adminHref("rooms", id)}
        empty={t(searching || question.group !== "all" ? "serverRooms.none" : "serverRooms.noneYet")}
        busy={busy}
        {...(!searching && {
          older,
          newer,
          sort: { column: question.sort, descending: question.descending },
          onSort: ({ column, descending }) => ask({ sort: column as RoomSort, descending }),
        })}
      />
      {countedAt !== null && (
        <p className="text-faint text-sm">{t("serverRooms.countedAt", { time: words.moment(countedAt) })}</p>
      )}
      {more && <Notice icon="info">{t("serverRooms.more")}</Notice>}
    </>
  );
}

function useRoomColumns(countedAt: number | null): [Column<RoomRow>, ...Column<RoomRow>[]] {
  const { t } = useI18n();
  const words = useRoomWords();
  const { number, bytes } = useAmounts();
  return [
    { id: "name", title: t("serverRooms.name"), cell: (room) => <bdi>{words.title(room)}</bdi> },
    {
      id: "kind",
      title: t("serverRooms.kind"),
      cell: ({ kind, ownerless, archived }) => (
        <>
          <span className="whitespace-nowrap">{t(`serverRooms.kind.${kind}`)}</span>
          {ownerless && `, ${t("serverRooms.ownerless")}`}
          {archived && `, ${t("serverRooms.archived")}`}
        </>
      ),
    },
    { id: "owners", title: t("serverRooms.owners"), cell: (room) => <bdi>{words.owners(room)}</bdi> },
    {
      id: "size",
      title: t("serverRooms.members"),
      sortable: true,
      numeric: true,
      cell: ({ members }) => number(members),
    },
    {
      id: "messages",
      title: t("serverRooms.messages"),
      numeric: true,
      cell: ({ messages }) => number(messages),
    },
    {
      id: "bytes",
      title: t("serverRooms.bytes"),
      sortable: true,
      numeric: true,
      cell: (room) => (
        <span className="whitespace-nowrap">{countedAt === null ? "–" : bytes(room.bytes)}</span>
      ),
    },
    {
      id: "created",
      title: t("serverRooms.created"),
      sortable: true,
      numeric: true,
      cell: ({ createdAt }) => <span className="whitespace-nowrap">{words.date(createdAt)}</span>,
    },
    {
      id: "active",
      title: t("serverRooms.active"),
      sortable: true,
      numeric: true,
      cell: ({ activeDay, messages }) => (
        <span className="whitespace-nowrap">{messages === 0 ? "–" : words.day(activeDay)}</span>
      ),
    },
  ];
}
