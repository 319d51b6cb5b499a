"use client";

import { type ReactElement, useCallback } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelGroup } from "@/components/settings/panel";
import { Table } from "@/components/ui/table";
import type { ConversationId } from "@/lib/base/ids";
import { useRoomCalls } from "@/lib/client/hooks/admin/rooms";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useI18n } from "@/lib/client/hooks/i18n";
import { usePages } from "@/lib/client/hooks/use-pages";
import { useStepUp } from "@/lib/client/hooks/use-step-up";
import type { RoomMembersPage } from "@/lib/protocol/http/admin/rooms";
import { useRoomWords } from "./words";

type Member = RoomMembersPage["rows"][number];

/** Who is in a room, owners first. */
export function RoomMembers({ id }: { id: ConversationId }): ReactElement {
  const { t } = useI18n();
  const words = useRoomWords();
  const { members } = useRoomCalls();
  const { guard } = useStepUp();
  const load = useCallback((after: string | null) => guard(() => members(id, after)), [guard, members, id]);
  const { rows, error, reload, busy, older, newer } = usePages<Member>(load);
  return (
    <PanelGroup title={t("serverRooms.members")}>
      <Table
        label={t("serverRooms.members")}
        rows={rows}
        failed={error !== null && rows === null && <AdminFailed error={error} onRetry={reload} />}
        rowKey={({ person }) => person.id}
        rowName={({ person }) => words.person(person)}
        href={({ person }) => adminHref("people", person.id)}
        empty={t("serverRooms.nobody")}
        busy={busy}
        older={older}
        newer={newer}
        columns={[
          {
            id: "name",
            title: t("serverRooms.member"),
            cell: ({ person }) => (
              <>
                <bdi>{words.person(person)}</bdi>{" "}
                {person.name && <span className="font-normal text-soft">@{person.name}</span>}
              </>
            ),
          },
          {
            id: "role",
            title: t("serverRooms.role"),
            cell: ({ role, mutedUntil }) => (
              <>
                {t(`serverRooms.role.${role}`)}
                {/* One that is over says nothing any more. */}
                {mutedUntil !== null && mutedUntil > Date.now() && (
                  <span className="text-soft">
                    {", "}
                    {t("serverRooms.muted", { time: words.moment(mutedUntil) })}
                  </span>
                )}
              </>
            ),
          },
        ]}
      />
    </PanelGroup>
  );
}
