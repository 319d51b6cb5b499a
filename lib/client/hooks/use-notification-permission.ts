"use client";

import { useEffect, useState } from "react";

export type PermissionState = NotificationPermission | "unsupported";

let usable: boolean | null = null;

/**
 * Chrome on Android has the constructor, and it throws: only service workers notify there. Told without a notification that
 * anybody would see: where it can be used, it refuses to copy a function as its data.
 */
export function canNotify(): boolean {
  if (!("Notification" in globalThis)) return false;
  if (usable === null) {
    try {
      new Notification("Sceau", { silent: true, data: () => {} }).close();
      usable = true;
    } catch (error) {
      usable = (error as Error).name === "DataCloneError";
    }
  }
  return usable;
}

function read(): PermissionState {
  return canNotify() ? Notification.permission : "unsupported";
}

/** Whether this browser may notify, and a way to ask it, which must follow a press. */
export function useNotificationPermission(): readonly [PermissionState, () => void] {
  const [state, setState] = useState(read);
  useEffect(() => {
    const ending = new AbortController();
    // Also changed in the browser's own settings, while this page is open.
    navigator.permissions
      ?.query({ name: "notifications" })
      .then((status) => status.addEventListener("change", () => setState(read()), { signal: ending.signal }))
      .catch(() => undefined);
    return () => ending.abort();
  }, []);
  const ask = (): void => {
    Notification.requestPermission().then(
      () => setState(read()),
      () => undefined,
    );
  };
  return [state, ask];
}
