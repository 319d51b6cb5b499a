"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { Message } from "@/lib/client/model";
import { useSaying } from "./saying/use-saying";

/** Why an own message did not leave, and the two ways on. */
export function FailedActions(props: {
  message: Message;
  onRetry: (message: Message) => void;
  onDiscard: (message: Message) => void;
}): ReactElement {
  const { t } = useI18n();
  const saying = useSaying();
  const { message, onRetry, onDiscard } = props;
  const { failure } = message;
  return (
    <div role="alert" className="flex max-w-[86%] flex-wrap items-center justify-end gap-x-1 text-sm">
      <span className="py-1 text-danger">
        {saying && failure ? (
          <saying.Failure code={failure} />
        ) : (
          t("delivery.failure", { reason: t(`error.${failure ?? "unknown"}`) })
        )}
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
