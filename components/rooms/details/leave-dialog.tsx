"use client";

import type { ReactElement } from "react";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { closeConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useNotes } from "@/lib/client/hooks/use-notes";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import { expectDeparture } from "../departures";
import { ActDialog } from "./act-dialog";
import { useOpenRoom } from "./use-open-room";

export function LeaveDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const rooms = useRooms();
  const { id, kind, name, details } = useOpenRoom();
  const { scheduled } = useNotes(id);
  const leave = async (): Promise<void> => {
    await expectDeparture(id, rooms.leave(id));
    closeConversationRoute();
  };
  return (
    <ActDialog
      title={t("leave.title", { name })}
      description={t(kind === "public-room" ? "leave.bodyPublic" : "leave.bodyPrivate")}
      confirmLabel={t("leave.confirm")}
      tone="danger"
      act={leave}
      onClose={onClose}
    >
      {details.members.length === 1 && <Notice tone="warn">{t("leave.alone")}</Notice>}
      {scheduled.length > 0 && <Notice>{t("leave.scheduled")}</Notice>}
    </ActDialog>
  );
}
