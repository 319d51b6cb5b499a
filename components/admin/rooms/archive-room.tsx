"use client";

import type { ReactElement } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useRoomCalls } from "@/lib/client/hooks/admin/rooms";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { RoomDetails } from "@/lib/protocol/http/admin/rooms";

/** Lets nothing new into a room, or again. Nothing is lost by it, so that nobody is asked twice. */
export function ArchiveRoom(props: Pick<RoomDetails, "room"> & { onChanged: () => void }): ReactElement {
  const { room, onChanged } = props;
  const { id, archived } = room;
  const { t } = useI18n();
  const calls = useRoomCalls();
  const errorText = useErrorText();
  const { run, busy, error } = useGuardedAction(async () => {
    await calls.setArchived(id, !archived);
    onChanged();
  });
  const action = archived ? t("serverRooms.reopen") : t("serverRooms.archive");
  return (
    <PanelGroup title={action} intro={t("serverRooms.archiveIntro")}>
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <Button
        tone="secondary"
        icon={archived ? "retry" : "lock"}
        className="self-start"
        busy={busy}
        onClick={run}
      >
        {action}
      </Button>
    </PanelGroup>
  );
}
