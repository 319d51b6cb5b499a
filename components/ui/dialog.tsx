"use client";

import * as Radix from "@radix-ui/react-dialog";
import { type ReactElement, type ReactNode, type RefObject, useRef } from "react";
import { useCloseGesture } from "@/lib/client/hooks/use-close-gesture";
import { IconButton } from "./button";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  closeLabel: string;
  /** What it shows is shown once: only its buttons close it. */
  keepOpen?: boolean;
  /** Where the focus goes afterwards; else to where it was. */
  returnTo?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/**
 * The backdrop is our own: Radix's Overlay locks scrolling with an injected style sheet, which the
 * Content-Security-Policy refuses, and the page does not scroll anyway.
 */
export function Dialog(props: DialogProps): ReactElement {
  const { open, onOpenChange, title, description, closeLabel, keepOpen, returnTo, children } = props;
  const stay = (event: Event): void => {
    if (keepOpen) event.preventDefault();
  };
  useCloseGesture(open && !keepOpen, () => onOpenChange(false));
  const opener = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <div className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onInteractOutside={stay}
          onEscapeKeyDown={stay}
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // What the dialog did may have put the focus somewhere better.
            if (document.activeElement !== document.body) return;
            const target = returnTo?.current ?? opener.current;
            if (target instanceof HTMLElement) target.focus();
          }}
          className="fixed inset-x-3 top-[max(0.75rem,8dvh)] z-50 mx-auto flex max-h-[84dvh] max-w-md animate-rise flex-col rounded-2xl border border-line bg-raised shadow-lift"
        >
          <Radix.Title className="ps-5 pe-14 pt-4 font-serif text-xl">{title}</Radix.Title>
          {description && (
            <Radix.Description className="text-pretty px-5 pt-2 text-soft">{description}</Radix.Description>
          )}
          {children}
          {/* Last, so that the dialog opens with the focus in what it is for. */}
          <IconButton
            icon="close"
            label={closeLabel}
            onClick={() => onOpenChange(false)}
            className="absolute! end-2.5 top-2.5"
          />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
