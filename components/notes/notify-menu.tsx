"use client";

import type { ReactElement, ReactNode } from "react";
import { Menu, MenuChoices, MenuDivider, MenuItem } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { NotesTexts } from "@/lib/client/hooks/notes-texts";
import { formatClock, formatTime } from "@/lib/client/hooks/time-format";
import { useChangeNotes } from "@/lib/client/hooks/use-change-notes";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMutedUntil, useNotes } from "@/lib/client/hooks/use-notes";
import { useNotificationPermission } from "@/lib/client/hooks/use-notification-permission";
import type { Conversation } from "@/lib/client/model";
import { type ConversationNotes, FOREVER } from "@/lib/client/model-notes";
import { BellButton } from "./bell-button";

type ConversationId = Conversation["id"];
const HOUR_MS = 3_600_000;
const MORNING = 8;
const NOTIFY = ["all", "mentions", "none"] as const;

/** Open from the start: it is made when somebody asks for it. @param waiting stands in until its words are here */
export function NotifyMenu({ id, waiting }: { id: ConversationId; waiting: ReactNode }): ReactElement {
  return (
    <NotesTexts loading={waiting} failed={() => waiting}>
      <Opened id={id} />
    </NotesTexts>
  );
}

function Opened({ id }: { id: ConversationId }): ReactElement {
  const { locale, t } = useI18n();
  const { notify } = useNotes(id);
  const muted = useMutedUntil(id);
  const toast = useToast();
  const changeNotes = useChangeNotes(id, () => toast(t("notify.later")));
  const errorText = useErrorText();
  const [permission, askPermission] = useNotificationPermission();
  const now = Date.now();
  const change = (parts: Partial<ConversationNotes>): void => {
    changeNotes((before) => ({ ...before, ...parts })).catch((error: unknown) => toast(errorText(error)));
  };
  const tomorrow = tomorrowMorning(now);
  const mutes = [
    [t("notify.hour"), now + HOUR_MS],
    [t("notify.hours"), now + 8 * HOUR_MS],
    [t("notify.tomorrow", { time: formatClock(tomorrow, locale) }), tomorrow],
    [t("notify.forever"), FOREVER],
  ] as const;
  return (
    <Menu trigger={<BellButton id={id} />}>
      {permission === "default" && (
        <>
          <MenuItem icon="bell" onSelect={askPermission}>
            {t("notify.enable")}
          </MenuItem>
          <MenuDivider />
        </>
      )}
      <p className="px-2.5 py-1 text-faint text-sm">{t("notify.what")}</p>
      <MenuChoices
        label={t("notify.what")}
        value={notify}
        choices={NOTIFY.map((value) => ({ value, label: t(`notify.${value}`) }))}
        onChange={(value) => change({ notify: value })}
      />
      <MenuDivider />
      {muted !== null ? (
        <>
          <p className="px-2.5 py-1 text-faint text-sm">{mutedText(muted)}</p>
          <MenuItem icon="bell" onSelect={() => change({ mutedUntil: null })}>
            {t("notify.unmute")}
          </MenuItem>
        </>
      ) : (
        <>
          <p className="px-2.5 py-1 text-faint text-sm">{t("notify.mute")}</p>
          {mutes.map(([label, mutedUntil]) => (
            <MenuItem key={label} icon="bellOff" onSelect={() => change({ mutedUntil })}>
              {label}
            </MenuItem>
          ))}
        </>
      )}
    </Menu>
  );

  function mutedText(until: number): string {
    if (until === FOREVER) return t("notify.mutedForever");
    const style = until - now < 24 * HOUR_MS ? "clock" : "moment";
    return t("notify.mutedUntil", { time: formatTime(until, locale, style) });
  }
}

function tomorrowMorning(now: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + 1);
  return date.setHours(MORNING, 0, 0, 0);
}
