"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import type { ConversationId } from "@/lib/base/ids";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useRooms } from "@/lib/client/hooks/use-rooms";

/** What one waits for, since when, and the way out. @param props.name empty where the invitation does not say */
export function WaitingCard(props: {
  room: ConversationId;
  name: string;
  onCancel?: () => void;
}): ReactElement {
  const { room, name, onCancel } = props;
  const { t, locale } = useI18n();
  const errorText = useErrorText();
  const rooms = useRooms();
  const waiting = useMessengerState((state) => state.waiting);
  const since = waiting.find(({ conversation }) => conversation === room)?.since;
  const cancel = useAction(async () => {
    onCancel?.();
    await rooms.cancelJoining(room);
  });
  return (
    <div className="flex flex-col gap-3">
      <div role="status" className="flex items-start gap-3">
        <Icon name="clock" className="mt-0.5 size-5 animate-breathe text-accent" />
        <p className="text-pretty">{name ? t("waiting.body", { name }) : t("waiting.bodyPrivate")}</p>
      </div>
      {since !== undefined && (
        <p className="ps-8 text-faint text-sm">
          {t("waiting.since", { time: formatTime(since, locale, "moment") })}
        </p>
      )}
      {cancel.error !== null && <Notice tone="danger">{errorText(cancel.error)}</Notice>}
      <Button tone="quiet" className="ms-4 self-start" busy={cancel.busy} onClick={cancel.run}>
        {t("waiting.cancel")}
      </Button>
    </div>
  );
}
