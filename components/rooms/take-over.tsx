"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import type { ConversationId } from "@/lib/base/ids";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import { SealingBar, useSealing } from "./sealing";

/** What is missing in a room that lost its owners, and the way to become its owner. */
export function TakeOver(props: {
  id: ConversationId;
  /** Whether one was asked to; else it is there for whoever looks. */
  offered: boolean;
  onDone?: () => void;
}): ReactElement {
  const { id, offered, onDone } = props;
  const { t } = useI18n();
  const rooms = useRooms();
  const errorText = useErrorText();
  const toast = useToast();
  const [sealed, onProgress, reset] = useSealing();
  const accept = useAction(async () => {
    try {
      if (!(await rooms.takeOver(id, onProgress))) toast(t("takeOver.late"));
    } finally {
      reset();
    }
    onDone?.();
  });
  const decline = useAction(async () => {
    await rooms.declineOffer(id).catch((error: unknown) => {
      // Withdrawn meanwhile: the same in the end.
      if (errorCode(error) !== "not-found") throw error;
    });
  });
  const failure = accept.error ?? decline.error;
  return (
    <section
      aria-label={t("takeOver.action")}
      className="flex flex-col gap-3 rounded-xl border border-line bg-raised p-4"
    >
      <div className="flex items-start gap-2.5">
        <Icon name="key" className="mt-0.5 size-4.5 text-accent" />
        <div className="flex min-w-0 flex-col gap-1">
          <p className="font-medium">{t("takeOver.ownerless")}</p>
          <p className="text-pretty text-sm text-soft">
            {t(offered ? "takeOver.offered" : "takeOver.possible")}
          </p>
        </div>
      </div>
      <SealingBar sealed={sealed} />
      {failure !== null && <Notice tone="danger">{errorText(failure)}</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button busy={accept.busy} disabled={decline.busy} onClick={accept.run}>
          {t("takeOver.action")}
        </Button>
        {offered && (
          <Button tone="quiet" busy={decline.busy} disabled={accept.busy} onClick={decline.run}>
            {t("takeOver.decline")}
          </Button>
        )}
      </div>
    </section>
  );
}
