"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { Message } from "@/lib/client/model";

/** Why an own message did not leave, and the two ways on. */
export function FailedActions(props: {
  message: Message;
  onRetry: (message: Message) => void;
  onDiscard: (message: Message) => void;
}): ReactElement {
  const { t } = useSayingTexts();
  const { message, onRetry, onDiscard } = props;
  return (
    <div role="alert" className="flex max-w-[86%] flex-wrap items-center justify-end gap-x-1 text-sm">
      <span className="py-1 text-danger">
        {t("delivery.failure", { reason: t(`error.${message.failure ?? "unknown"}`) })}
      </span>
      <Button tone="quiet" icon="retry" className="px-2.5! text-sm!" onClick={() => onRetry(message)}>
        {t("common.retry")}
      </Button>
      <Button tone="quiet" icon="trash" className="px-2.5! text-sm!" onClick={() => onDiscard(message)}>
        {t("delivery.discard")}
      </Button>
    </div>
  );
}
