"use client";

import type { ReactElement, RefObject } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

/** Asks before something that cannot be undone. */
export function ConfirmDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  confirmLabel: string;
  cancelLabel: string;
  closeLabel: string;
  busy?: boolean;
  returnTo?: RefObject<HTMLElement | null>;
  onConfirm: () => void;
}): ReactElement {
  const { confirmLabel, cancelLabel, onConfirm, busy = false, ...dialog } = props;
  return (
    <Dialog {...dialog}>
      <div className="flex flex-wrap justify-end gap-2 p-5">
        <Button tone="secondary" onClick={() => props.onOpenChange(false)}>
          {cancelLabel}
        </Button>
        <Button tone="danger" busy={busy} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </div>
    </Dialog>
  );
}
