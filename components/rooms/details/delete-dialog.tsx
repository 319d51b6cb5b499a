"use client";

import { type ReactElement, useState } from "react";
import { TextField } from "@/components/ui/field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { closeConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import { expectDeparture } from "../departures";
import { ActDialog } from "./act-dialog";
import { useOpenRoom } from "./use-open-room";

/** The name is typed out, so that nobody ends a room by a slip. */
export function DeleteDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const rooms = useRooms();
  const { id, name } = useOpenRoom();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const remove = (): Promise<void> | null => {
    const right = typed.trim().normalize("NFC") === name.normalize("NFC");
    setWrong(!right);
    return right ? leave() : null;
  };
  const leave = async (): Promise<void> => {
    await expectDeparture(id, rooms.delete(id));
    closeConversationRoute();
  };
  return (
    <ActDialog
      title={t("delete.title", { name })}
      description={t("delete.body")}
      confirmLabel={t("delete.confirm")}
      tone="danger"
      act={remove}
      onClose={onClose}
    >
      <TextField
        label={t("delete.type", { name })}
        error={wrong ? t("delete.wrong", { name }) : undefined}
        dir="auto"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setWrong(false);
        }}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </ActDialog>
  );
}
