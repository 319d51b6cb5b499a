"use client";

import { useEffect, useState } from "react";

export type PermissionState = NotificationPermission | "unsupported";

function read(): PermissionState {
  return "Notification" in window ? Notification.permission : "unsupported";
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
