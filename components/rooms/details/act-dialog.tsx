"use client";

import type { ReactElement, ReactNode, RefObject } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";

/** Something that is done in one step, with what it means before it. Closes when it went well. */
export function ActDialog(props: {
  title: string;
  description?: string;
  confirmLabel: string;
  tone?: "primary" | "danger";
  /** Null when something is missing that the form has said by then. */
  act: () => Promise<void> | null;
  onClose: () => void;
  returnTo?: RefObject<HTMLElement | null>;
  children?: ReactNode;
}): ReactElement {
  const { confirmLabel, tone = "primary", act, onClose, children, ...dialog } = props;
  const { t } = useI18n();
  const errorText = useErrorText();
  const { run, busy, error } = useAction(async () => {
    const acting = act();
    if (!acting) return;
    await acting;
    onClose();
  });
  return (
    <Dialog {...dialog} open onOpenChange={(open) => open || onClose()} closeLabel={t("common.close")}>
      <form
        noValidate
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        {children && <div className="flex min-h-0 flex-col gap-5 overflow-y-auto px-5 pt-4">{children}</div>}
        <div className="flex flex-col gap-3 p-5">
          {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
          <div className="flex flex-wrap justify-end gap-2">
            <Button tone="secondary" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" tone={tone} busy={busy}>
              {confirmLabel}
            </Button>
          </div>
        </div>
      </form>
    </Dialog>
  );
}
