"use client";

import type { ReactElement } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { NewRoomForm } from "./new-room-form";
import { RoomDialogFrame } from "./room-dialog-frame";

export function NewRoomDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  return (
    <RoomDialogFrame title={t("newRoom.title")} onClose={onClose}>
      <NewRoomForm onDone={onClose} />
    </RoomDialogFrame>
  );
}
