"use client";

import { type ReactElement, useState } from "react";
import { ChoiceRow } from "@/components/ui/choice-row";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import { durationText } from "../policy-choices";
import { ActDialog } from "./act-dialog";
import type { MemberDialogProps } from "./member-dialog-props";
import { useOpenRoom } from "./use-open-room";

/** Seconds, as the choice's value. */
const PERIODS = ["3600", "28800", "86400"] as const;

export function MuteDialog({ member, ...dialog }: MemberDialogProps): ReactElement {
  const { t, locale } = useI18n();
  const rooms = useRooms();
  const { id, reload } = useOpenRoom();
  const [period, setPeriod] = useState<(typeof PERIODS)[number]>("3600");
  const name = member.person.displayName;
  return (
    <ActDialog
      {...dialog}
      title={t("member.muteTitle", { name })}
      description={t("member.muteBody", { name })}
      confirmLabel={t("member.muteSubmit")}
      act={() => rooms.mute(id, member.person.id, Date.now() + Number(period) * 1000).then(reload)}
    >
      <ChoiceRow
        label={t("member.muteFor")}
        value={period}
        choices={PERIODS.map((value) => ({ value, label: durationText(Number(value), locale) }))}
        onChange={setPeriod}
      />
    </ActDialog>
  );
}

export function RemoveDialog({ member, ...dialog }: MemberDialogProps): ReactElement {
  const { t } = useI18n();
  const rooms = useRooms();
  const { id, details, reload } = useOpenRoom();
  const [revoking, setRevoking] = useState(true);
  const name = member.person.displayName;
  const links = details.invitations.filter(({ expiresAt }) => expiresAt > Date.now());
  const remove = async (): Promise<void> => {
    // Before there is anybody to come back.
    if (revoking && links.length > 0)
      await rooms.revokeInvitations(
        id,
        links.map((link) => link.id),
      );
    await rooms.remove(id, member.person.id);
    reload();
  };
  return (
    <ActDialog
      {...dialog}
      title={t("member.removeTitle", { name })}
      description={t("member.removeBody", { name })}
      confirmLabel={t("member.removeConfirm")}
      tone="danger"
      act={remove}
    >
      {links.length > 0 && (
        <label className="target flex items-start gap-2.5">
          <input
            type="checkbox"
            checked={revoking}
            onChange={(event) => setRevoking(event.target.checked)}
            className="mt-0.75 size-4.5 shrink-0 accent-accent"
          />
          <span className="min-w-0">
            {t("member.removeLinks")}
            <span className="block text-pretty text-soft text-sm">
              {t("member.removeLinksHint", { name })}
            </span>
          </span>
        </label>
      )}
    </ActDialog>
  );
}

export function BanDialog({ member, ...dialog }: MemberDialogProps): ReactElement {
  const { t } = useI18n();
  const rooms = useRooms();
  const { id, reload } = useOpenRoom();
  const name = member.person.displayName;
  return (
    <ActDialog
      {...dialog}
      title={t("member.banTitle", { name })}
      description={t("member.banBody", { name })}
      confirmLabel={t("member.banConfirm")}
      tone="danger"
      act={() => rooms.ban(id, member.person.id).then(reload)}
    />
  );
}
