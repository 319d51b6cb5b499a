"use client";

import { createContext, type ReactElement, type ReactNode, useContext, useEffect, useState } from "react";
import { IconButton } from "./button";
import { Icon } from "./icons";

const SHOWN_MS = 7000;

interface Toast {
  readonly id: number;
  readonly text: string;
}

const ToastContext = createContext<((text: string) => void) | null>(null);

/** Says what was done, or that something failed, where there is no better place for it. One at a time; the newest wins. */
export function ToastProvider(props: { closeLabel: string; children: ReactNode }): ReactElement {
  const [toast, setToast] = useState<Toast | null>(null);
  const [show] = useState(
    () => (text: string) => setToast((before) => ({ id: (before?.id ?? 0) + 1, text })),
  );
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => setToast(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <ToastContext value={show}>
      {props.children}
      <div role="status" className="pointer-events-none fixed inset-x-3 bottom-24 z-50 flex justify-center">
        {toast && (
          <div
            key={toast.id}
            className="pointer-events-auto flex max-w-md animate-rise items-center gap-2.5 rounded-xl bg-ink py-1 ps-4 pe-1.5 text-paper text-sm shadow-lift"
          >
            <Icon name="info" className="size-4.5" />
            <span className="py-1.5">{toast.text}</span>
            <IconButton
              icon="close"
              label={props.closeLabel}
              className="text-paper hover:bg-paper/15! hover:text-paper!"
              onClick={() => setToast(null)}
            />
          </div>
        )}
      </div>
    </ToastContext>
  );
}

export function useToast(): (text: string) => void {
  const show = useContext(ToastContext);
  if (!show) throw new Error("useToast needs a ToastProvider above it");
  return show;
}
