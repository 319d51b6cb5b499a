"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { scheduledStanding, useScheduled, useScheduling } from "@/lib/client/hooks/use-scheduled";
import type { Conversation } from "@/lib/client/model";
import type { Scheduled } from "@/lib/client/model-notes";
import { editableText } from "./editable-text";

export interface ScheduledListProps {
  conversation: Conversation;
  /** Takes the words back into the composer, where there is one. */
  onEdit: ((text: string) => void) | undefined;
  from: HTMLElement;
  onClose: () => void;
}

/** What waits, and what can be done with it before its time. */
export function ScheduledList({ conversation, onEdit, from, onClose }: ScheduledListProps): ReactElement {
  const { t } = useSayingTexts();
  const waiting = useScheduled(conversation.id);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("later.title")}
      description={t("later.limits")}
      closeLabel={t("common.close")}
      returnTo={{ current: from }}
    >
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto p-5 pt-3">
        {!conversation.canSend && <Notice tone="warn">{t("later.stopped")}</Notice>}
        {waiting.length === 0 && <p className="text-soft">{t("later.none")}</p>}
        <ol className="flex flex-col divide-y divide-line">
          {waiting.map((entry) => (
            <Entry
              key={entry.id}
              entry={entry}
              conversation={conversation}
              onEdit={onEdit}
              onClose={onClose}
            />
          ))}
        </ol>
      </div>
    </Dialog>
  );
}

function Entry(props: {
  entry: Scheduled;
  conversation: Conversation;
  onEdit: ScheduledListProps["onEdit"];
  onClose: () => void;
}): ReactElement {
  const { entry, conversation, onEdit, onClose } = props;
  const { locale, t } = useSayingTexts();
  const toast = useToast();
  const errorText = useErrorText();
  const scheduling = useScheduling();
  const standing = scheduledStanding(entry);
  const time = formatTime(entry.at, locale, "moment");
  const again = editableText(entry.content);
  const { id } = conversation;

  const sendNow = useAction(async () => (await scheduling()).sendNow(id, entry.id));
  const takeOut = useAction(async (text: string | null) => {
    if (!(await (await scheduling()).remove(id, entry.id))) toast(t("later.left"));
    else if (text !== null) {
      onClose();
      onEdit?.(text);
    }
  });
  const busy = sendNow.busy || takeOut.busy;
  const error = sendNow.error ?? takeOut.error;

  return (
    <li className="flex flex-col gap-1 py-3 first:pt-0">
      <p className={standing === "overdue" ? "font-medium text-danger text-sm" : "text-soft text-sm"}>
        {standing === "overdue" && t("later.overdue", { time })}
        {standing === "sending" && t("later.sending")}
        {(standing === "waiting" || standing === "due") && time}
      </p>
      <p dir="auto" className="line-clamp-4 whitespace-pre-wrap wrap-anywhere">
        {entry.content.type === "text" && entry.content.text}
      </p>
      {standing !== "sending" && (
        <div className="-ms-2 flex flex-wrap">
          {conversation.canSend && (
            <Button tone="quiet" className="px-2!" busy={busy} onClick={() => sendNow.run()}>
              {t("later.sendNow")}
            </Button>
          )}
          {onEdit && again !== null && (
            <Button tone="quiet" className="px-2!" busy={busy} onClick={() => takeOut.run(again)}>
              {t("saying.edit")}
            </Button>
          )}
          <Button tone="quiet" className="px-2!" busy={busy} onClick={() => takeOut.run(null)}>
            {t("saying.delete")}
          </Button>
        </div>
      )}
      {error !== null && (
        <p role="alert" className="text-danger text-sm">
          {errorText(error)}
        </p>
      )}
    </li>
  );
}
