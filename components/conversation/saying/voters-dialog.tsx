"use client";

import type { ReactElement } from "react";
import { Dialog } from "@/components/ui/dialog";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { MessageDialogProps } from "./dialog-props";
import { useNames } from "./use-names";

/** Who chose what. */
export function VotersDialog({ message, onClose, returnTo }: MessageDialogProps): ReactElement | null {
  const { t } = useSayingTexts();
  const { listOf } = useNames();
  if (message.body.kind !== "poll") return null;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("poll.votersTitle")}
      closeLabel={t("common.close")}
      returnTo={returnTo}
    >
      <dl className="flex flex-col gap-3 overflow-y-auto p-5 pt-3">
        {message.body.options.map(({ text, people }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: options are known by their position.
          <div key={i}>
            <dt dir="auto" className="font-medium wrap-anywhere">
              {text}
            </dt>
            <dd className="text-soft wrap-anywhere">
              {people.length > 0 ? <bdi>{listOf(people)}</bdi> : t("poll.nobody")}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
