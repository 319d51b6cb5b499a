"use client";

import { type ComponentType, type ReactElement, Suspense } from "react";
import { lateView } from "@/components/ui/late-view";
import { NotOpened } from "@/components/ui/not-opened";
import { RoomsTexts } from "@/lib/client/hooks/rooms-texts";
import type { RoomDialog } from "@/lib/client/hooks/use-room-dialog";

const DIALOGS: Readonly<Record<RoomDialog, ComponentType<{ onClose: () => void }>>> = {
  new: lateView(async () => (await import("./new-room-dialog")).NewRoomDialog),
  browse: lateView(async () => (await import("./directory-dialog")).DirectoryDialog),
  join: lateView(async () => (await import("./invited-dialog")).InvitedDialog),
};

/** The one dialog about rooms that is open above the page. */
export function RoomDialogs(props: { dialog: RoomDialog; onClose: () => void }): ReactElement {
  const Opened = DIALOGS[props.dialog];
  return (
    <RoomsTexts failed={(error) => <NotOpened error={error} onClose={props.onClose} />}>
      <Suspense>
        <Opened onClose={props.onClose} />
      </Suspense>
    </RoomsTexts>
  );
}
