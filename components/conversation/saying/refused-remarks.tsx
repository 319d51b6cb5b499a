"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { Message } from "@/lib/client/model";
import { useTalk } from "./talk";

/** What one said about a message and the server did not take, and the two ways on. */
export function RefusedRemarks({ message }: { message: Message }): ReactElement {
  const { t } = useSayingTexts();
  const messenger = useMessenger();
  const toast = useToast();
  const errorText = useErrorText();
  const { id } = useTalk().conversation;
  const complain = (error: unknown): void => toast(errorText(error));
  return (
    <>
      {message.refused.map((remark) => (
        <div
          key={remark.id}
          role="alert"
          className="flex max-w-[86%] flex-wrap items-center justify-end gap-x-1 text-sm"
        >
          <span className="py-1 text-danger">
            {t(`saying.refused-${remark.type}`, { reason: t(`error.${remark.failure}`) })}
          </span>
          <Button
            tone="quiet"
            icon="retry"
            className="px-2.5! text-sm!"
            onClick={() => messenger.retry(id, remark.id).catch(complain)}
          >
            {t("common.retry")}
          </Button>
          <Button
            tone="quiet"
            icon="trash"
            className="px-2.5! text-sm!"
            onClick={() => messenger.discard(id, remark.id).catch(complain)}
          >
            {t("delivery.discard")}
          </Button>
        </div>
      ))}
    </>
  );
}
