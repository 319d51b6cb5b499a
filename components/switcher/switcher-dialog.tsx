"use client";

import * as Radix from "@radix-ui/react-dialog";
import { type ReactElement, useRef } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { SwitcherField } from "./switcher-field";

/** On a phone the whole page, elsewhere a window above it. The backdrop is our own: see components/ui/dialog.tsx. */
export function SwitcherDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onKeys: () => void;
}): ReactElement {
  const { open, onOpenChange, onKeys } = props;
  const { t } = useI18n();
  const opener = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <div className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // What was chosen may have put the focus somewhere better.
            if (document.activeElement === document.body && opener.current instanceof HTMLElement)
              opener.current.focus();
          }}
          className="fixed z-50 flex flex-col border-line bg-raised max-sm:inset-x-0 max-sm:top-0 max-sm:h-(--visual-height,100dvh) sm:inset-x-3 sm:top-[max(0.75rem,8dvh)] sm:mx-auto sm:max-h-[min(84dvh,36rem)] sm:max-w-xl sm:rounded-2xl sm:border sm:shadow-lift"
        >
          <Radix.Title className="sr-only">{t("switcher.title")}</Radix.Title>
          <SwitcherField onClose={() => onOpenChange(false)} onKeys={onKeys} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
