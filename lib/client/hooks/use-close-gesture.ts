"use client";

import { useEffect, useEffectEvent } from "react";

/** Not in every browser, and not in TypeScript's library (https://html.spec.whatwg.org/#close-watchers). */
interface CloseWatcher {
  onclose: (() => void) | null;
  destroy(): void;
}

type WithCloseWatcher = typeof globalThis & { CloseWatcher?: new () => CloseWatcher };

/** Hears of the system's gesture that closes what lies above a page, as Android's back. @returns ends it */
export function watchCloseGesture(onClose: () => void): () => void {
  const { CloseWatcher } = globalThis as WithCloseWatcher;
  if (!CloseWatcher) return () => {};
  const watcher = new CloseWatcher();
  watcher.onclose = onClose;
  return () => watcher.destroy();
}

/** For a layer above the page: going back closes it, in place of leaving the conversation under it. */
export function useCloseGesture(open: boolean, onClose: () => void): void {
  const close = useEffectEvent(onClose);
  useEffect(() => (open ? watchCloseGesture(() => close()) : undefined), [open]);
}
