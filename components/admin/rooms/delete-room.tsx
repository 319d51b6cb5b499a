"use client";

import { type ReactElement, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useRoomCalls } from "@/lib/client/hooks/admin/rooms";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useI18n } from "@/lib/client/hooks/i18n";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { RoomDetails } from "@/lib/protocol/http/admin/rooms";

/** How many members it has is typed out, so that nobody ends a room by a slip, nor one that has grown meanwhile. */
export function DeleteRoom({ room: { id, members } }: Pick<RoomDetails, "room">): ReactElement {
  const { t } = useI18n();
  const calls = useRoomCalls();
  const errorText = useErrorText();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const { run, busy, error } = useGuardedAction(async () => {
    await calls.delete(id, members);
    location.hash = adminHref("rooms");
  });
  return (
    <PanelGroup title={t("serverRooms.delete")} intro={t("serverRooms.deleteIntro")}>
      <form
        noValidate
        className="flex max-w-xl flex-col items-start gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const right = typed.trim() === String(members);
          setWrong(!right);
          if (right) run();
        }}
      >
        <div className="w-full">
          <TextField
            label={t("serverRooms.deleteType", { number: members })}
            error={wrong ? t("serverRooms.deleteWrong", { number: members }) : undefined}
            inputMode="numeric"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        {error !== null && (
          <Notice tone="danger">
            {errorCode(error) === "conflict" ? t("serverRooms.changed") : errorText(error)}
          </Notice>
        )}
        <Button type="submit" tone="danger" icon="trash" busy={busy}>
          {t("serverRooms.delete")}
        </Button>
      </form>
    </PanelGroup>
  );
}
