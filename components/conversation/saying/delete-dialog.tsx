"use client";

import type { ReactElement } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { MessageDialogProps } from "./dialog-props";
import { refOf, useSay } from "./use-say";

export function DeleteDialog({ message, onClose, returnTo }: MessageDialogProps): ReactElement {
  const { t } = useSayingTexts();
  const say = useSay();
  const target = refOf(message);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("saying.deleteTitle")}
      description={t(message.mine ? "saying.deleteBody" : "saying.deleteOthersBody")}
      confirmLabel={t("saying.delete")}
      cancelLabel={t("common.cancel")}
      closeLabel={t("common.close")}
      returnTo={returnTo}
      onConfirm={() => {
        if (target) say({ type: "delete", target });
        onClose();
      }}
    />
  );
}
