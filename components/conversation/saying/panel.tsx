"use client";

import * as Radix from "@radix-ui/react-dialog";
import { clsx } from "clsx";
import { type KeyboardEvent, type ReactElement, type ReactNode, useCallback } from "react";
import { useCloseGesture } from "@/lib/client/hooks/use-close-gesture";

/** Between the panel and what it stands beside, and the window's edge. */
const GAP = 6;
const EDGE = 8;

/** On a phone the classes place it. */
function placeBeside(box: HTMLElement, from: HTMLElement | null): void {
  if (matchMedia("(width < 40rem)").matches) return;
  // Of a row, which is as wide as the pane, its bubble.
  const beside = from?.matches("[data-message]") ? from.querySelector(":scope > div") : from;
  const anchor = beside?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2, innerHeight / 2, 0, 0);
  // Unlike its rectangle, these do not know of the animation that moves it.
  const { offsetWidth, offsetHeight } = box;
  const below = anchor.bottom + GAP;
  const top = below + offsetHeight < innerHeight - EDGE ? below : anchor.top - GAP - offsetHeight;
  const left = anchor.left + offsetWidth < innerWidth - EDGE ? anchor.left : anchor.right - offsetWidth;
  box.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - offsetHeight - EDGE))}px`;
  box.style.left = `${Math.max(EDGE, left)}px`;
}

/** Under a finger a field that takes the focus would call up the keyboard over the sheet: the sheet itself takes it. */
function focusSheet(event: Event): void {
  if (!matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  (event.currentTarget as HTMLElement).focus();
}

/** A sheet at the bottom of a phone, elsewhere a small window beside what opened it. Its children take the focus. */
export function Panel(props: {
  title: string;
  from: HTMLElement | null;
  className?: string;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
  onClose: () => void;
  children: ReactNode;
}): ReactElement {
  const { title, from, onClose } = props;
  useCloseGesture(true, onClose);
  const place = useCallback(
    (box: HTMLElement | null) => {
      if (box) placeBeside(box, from);
    },
    [from],
  );
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <div className="fixed inset-0 z-40 max-sm:animate-fade max-sm:bg-scrim" />
        <Radix.Content
          ref={place}
          aria-describedby={undefined}
          onKeyDown={props.onKeyDown}
          onOpenAutoFocus={focusSheet}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (document.activeElement === document.body) from?.focus();
          }}
          className={clsx(
            "fixed z-50 flex animate-rise flex-col border border-line bg-raised shadow-lift",
            "max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[85dvh] max-sm:rounded-t-2xl max-sm:pb-[env(safe-area-inset-bottom)]",
            "sm:max-h-[80dvh] sm:rounded-xl",
            props.className,
          )}
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
