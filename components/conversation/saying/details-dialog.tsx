"use client";

import type { ReactElement, ReactNode } from "react";
import { Dialog } from "@/components/ui/dialog";
import { formatBytes } from "@/lib/client/hooks/bytes-format";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { formatExact } from "@/lib/client/hooks/time-format";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { MessageDialogProps } from "./dialog-props";
import { ReceiptList, useReceipts } from "./receipts";
import { useTalk } from "./talk";
import { useNames } from "./use-names";

/** When and by whom, how far it has come, and who said what to it. */
export function DetailsDialog({ message, onClose, returnTo }: MessageDialogProps): ReactElement {
  const { locale, t } = useSayingTexts();
  const { nameOf, listOf } = useNames();
  const { conversation } = useTalk();
  const showsReads = useMessengerState((state) => state.visibility)?.readStates ?? true;
  const { body, delivery, reactions } = message;
  const { read, delivered } = useReceipts(conversation, message);
  const edited = body.kind === "text" ? body.earlier.length : 0;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("details.title")}
      closeLabel={t("common.close")}
      returnTo={returnTo}
    >
      <dl className="flex flex-col gap-3 overflow-y-auto p-5 pt-3">
        <Detail label={t("details.from")}>
          <bdi>{nameOf(message.sender)}</bdi>
        </Detail>
        <Detail label={t("details.at")}>{formatExact(message.at, locale)}</Detail>
        {body.kind === "text" && body.files.length > 0 && (
          <Detail label={t("details.files")}>
            <ul>
              {body.files.map(({ id, name, size }) => (
                <li key={id}>
                  <bdi>{name}</bdi> · {formatBytes(size, locale)}
                </li>
              ))}
            </ul>
          </Detail>
        )}
        {delivery && <Detail label={t("details.state")}>{t(`delivery.${delivery}`)}</Detail>}
        {read.length > 0 && (
          <Detail label={t("details.readBy")}>
            <ReceiptList receipts={read} />
          </Detail>
        )}
        {delivered.length > 0 && (
          <Detail label={t("details.deliveredTo")}>
            <ReceiptList receipts={delivered} />
          </Detail>
        )}
        {!showsReads && <Detail label={t("details.readBy")}>{t("details.readsOff")}</Detail>}
        {edited > 0 && <Detail label={t("details.edited")}>{t("details.times", { count: edited })}</Detail>}
        {reactions.length > 0 && (
          <Detail label={t("saying.reactions")}>
            <ul>
              {reactions.map(({ emoji, people }) => (
                <li key={emoji}>
                  {emoji} <bdi>{listOf(people)}</bdi>
                </li>
              ))}
            </ul>
          </Detail>
        )}
      </dl>
    </Dialog>
  );
}

function Detail({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    <div>
      <dt className="text-faint text-sm">{label}</dt>
      <dd className="wrap-anywhere first-letter:uppercase">{children}</dd>
    </div>
  );
}
