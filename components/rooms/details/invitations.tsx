"use client";

import { type ReactElement, useState } from "react";
import { QrCode } from "@/components/entrance/qr-code";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import type { RoomInvitation } from "@/lib/client/model-rooms";
import { durationText } from "../policy-choices";
import { ActDialog } from "./act-dialog";
import { useOpenRoom } from "./use-open-room";

const DAY = 86_400;
const PERIODS = [DAY, 7 * DAY, 30 * DAY] as const;

/** Links by which people come in by themselves. */
export function Invitations(): ReactElement {
  const { t, locale } = useI18n();
  const errorText = useErrorText();
  const rooms = useRooms();
  const { id, details, reload } = useOpenRoom();
  const [period, setPeriod] = useState<number>(PERIODS[1]);
  const make = useAction(async () => {
    await rooms.createInvitation(id, Date.now() + period * 1000);
    reload();
  });
  return (
    <div className="flex flex-col gap-5 px-4 py-5">
      <p className="text-pretty text-soft text-sm">{t("invitations.intro")}</p>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          make.run();
        }}
      >
        <div className="min-w-32 flex-1">
          <SelectField
            label={t("invitations.valid")}
            value={period}
            choices={PERIODS.map((value) => ({ value, label: durationText(value, locale) }))}
            onChange={setPeriod}
          />
        </div>
        <Button type="submit" icon="link" busy={make.busy}>
          {t("invitations.make")}
        </Button>
      </form>
      {make.error !== null && <Notice tone="danger">{errorText(make.error)}</Notice>}
      {details.invitations.length === 0 && <p className="text-faint">{t("invitations.none")}</p>}
      <ul className="flex flex-col gap-3">
        {details.invitations.map((invitation) => (
          <InvitationCard key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </div>
  );
}

function InvitationCard({ invitation }: { invitation: RoomInvitation }): ReactElement {
  const { t, locale } = useI18n();
  const rooms = useRooms();
  const { id, reload } = useOpenRoom();
  const { link, expiresAt } = invitation;
  const [shown, setShown] = useState(false);
  const [revoking, setRevoking] = useState(false);
  const expired = expiresAt <= Date.now();
  const time = formatTime(expiresAt, locale, "moment");
  return (
    <li className="flex flex-col gap-3 rounded-xl border border-line bg-raised p-3.5">
      <div>
        <p className="truncate font-mono text-sm" dir="ltr">
          {link}
        </p>
        <p className={`text-sm ${expired ? "text-warn" : "text-soft"}`}>
          {t(expired ? "invitations.expired" : "invitations.expires", { time })}
        </p>
      </div>
      {shown && (
        <div className="self-center">
          <QrCode text={link} label={t("invitations.qrLabel")} />
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        {!expired && (
          <>
            <CopyButton text={link} label={t("invitations.copy")} doneLabel={t("common.copied")} />
            <Button tone="secondary" icon="scan" aria-expanded={shown} onClick={() => setShown(!shown)}>
              {t(shown ? "invitations.qrHide" : "invitations.qr")}
            </Button>
          </>
        )}
        <Button tone="quiet" className="-ms-1 px-2!" onClick={() => setRevoking(true)}>
          {t("invitations.revoke")}
        </Button>
      </div>
      {revoking && (
        <ActDialog
          title={t("invitations.revokeTitle")}
          description={t("invitations.revokeBody")}
          confirmLabel={t("invitations.revokeConfirm")}
          tone="danger"
          act={() => rooms.revokeInvitations(id, [invitation.id]).then(reload)}
          onClose={() => setRevoking(false)}
        />
      )}
    </li>
  );
}
