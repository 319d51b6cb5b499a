"use client";

import { type ReactElement, useState } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelSkeleton } from "@/components/settings/panel";
import type { ConversationId } from "@/lib/base/ids";
import { RoomsProvider, type RoomsQuestion } from "@/lib/client/hooks/admin/rooms";
import { RoomPage } from "./room-page";
import { RoomsList } from "./rooms-list";

const failed = (error: unknown, retry: () => void) => <AdminFailed error={error} onRetry={retry} />;

/** The rooms of this server: how large they are and whose, and the end of those that must go. */
export function RoomsSection({ detail }: { detail: string | null }): ReactElement {
  // Kept here, so that the way back from a room leads to the same list.
  const [question, setQuestion] = useState<RoomsQuestion>({
    search: "",
    group: "all",
    sort: "active",
    descending: true,
  });
  return (
    <RoomsProvider loading={<PanelSkeleton />} failed={failed}>
      {detail === null ? (
        <RoomsList question={question} onQuestion={setQuestion} />
      ) : (
        <RoomPage key={detail} id={detail as ConversationId} />
      )}
    </RoomsProvider>
  );
}
