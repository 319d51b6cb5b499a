"use client";

import { type ReactElement, useState } from "react";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import { ActDialog } from "./act-dialog";
import type { MemberDialogProps } from "./member-dialog-props";
import { useOpenRoom } from "./use-open-room";

const ROLES = ["owner", "moderator", "member"] as const;

export function RoleDialog({ member, ...dialog }: MemberDialogProps): ReactElement {
  const { t } = useI18n();
  const rooms = useRooms();
  const { id, me, reload } = useOpenRoom();
  const { person } = member;
  const [role, setRole] = useState(member.role);
  const set = async (): Promise<void> => {
    if (role !== member.role) await rooms.setRole(id, person.id, role);
    reload();
  };
  return (
    <ActDialog
      {...dialog}
      title={t("member.roleTitle", { name: person.displayName })}
      confirmLabel={t("member.roleSave")}
      act={set}
    >
      <ChoiceCards
        label={t("member.roleTitle", { name: person.displayName })}
        labelHidden
        value={role}
        choices={ROLES.map((value) => ({ value, label: t(`role.${value}`), body: t(`role.${value}Body`) }))}
        onChange={setRole}
      />
      {person.id === me.id && role !== member.role && <Notice tone="warn">{t("member.roleOwn")}</Notice>}
    </ActDialog>
  );
}
