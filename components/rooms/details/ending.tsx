"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import { ActDialog } from "./act-dialog";
import { DeleteDialog } from "./delete-dialog";
import { HandOverDialog } from "./hand-over-dialog";
import { LeaveDialog } from "./leave-dialog";
import { policyOf } from "./rules";
import { useOpenRoom } from "./use-open-room";

type Dialog = "leave" | "archive" | "delete";

/** The ways out of a room, and to its end. */
export function Ending(): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const rooms = useRooms();
  const room = useOpenRoom();
  const { id, name, standing, details, me, may } = room;
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = (): void => setDialog(null);
  const reopen = useAction(() => rooms.setPolicy(id, { ...policyOf(room), posting: "everyone" }));
  const owners = details.members.filter(({ role }) => role === "owner");
  const last = owners.length === 1 && owners[0]?.person.id === me.id && details.members.length > 1;
  const row = "-mx-2 justify-start! gap-3! px-2!";
  return (
    <section className="flex flex-col items-start gap-0.5 border-line border-t pt-4">
      {may.owns &&
        (standing.posting === "nobody" ? (
          <Button tone="quiet" icon="retry" className={row} busy={reopen.busy} onClick={reopen.run}>
            {t("archive.reopen")}
          </Button>
        ) : (
          <Button tone="quiet" icon="lock" className={row} onClick={() => setDialog("archive")}>
            {t("archive.action")}
          </Button>
        ))}
      {reopen.error !== null && <Notice tone="danger">{errorText(reopen.error)}</Notice>}
      <Button tone="quiet" icon="signOut" className={`${row} text-danger`} onClick={() => setDialog("leave")}>
        {t("leave.action")}
      </Button>
      {may.owns && (
        <Button
          tone="quiet"
          icon="trash"
          className={`${row} text-danger`}
          onClick={() => setDialog("delete")}
        >
          {t("delete.action")}
        </Button>
      )}
      {dialog === "leave" && (last ? <HandOverDialog onClose={close} /> : <LeaveDialog onClose={close} />)}
      {dialog === "delete" && <DeleteDialog onClose={close} />}
      {dialog === "archive" && (
        <ActDialog
          title={t("archive.title", { name })}
          description={t("archive.body")}
          confirmLabel={t("archive.confirm")}
          act={() => rooms.setPolicy(id, { ...policyOf(room), posting: "nobody" })}
          onClose={close}
        />
      )}
    </section>
  );
}
