"use client";

import { type ComponentType, type ReactElement, Suspense, useEffect } from "react";
import { lateView } from "@/components/ui/late-view";
import { useToast } from "@/components/ui/toast";
import { RoomsTexts } from "@/lib/client/hooks/rooms-texts";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
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

/** There are no words to put into a dialog. */
function NotOpened(props: { error: unknown; onClose: () => void }): null {
  const toast = useToast();
  const errorText = useErrorText();
  const { error, onClose } = props;
  useEffect(() => {
    toast(errorText(error));
    onClose();
  }, [toast, errorText, error, onClose]);
  return null;
}
