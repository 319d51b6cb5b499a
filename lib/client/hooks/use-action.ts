"use client";

import { useEffect, useRef, useState } from "react";

interface Action<A extends readonly unknown[]> {
  /** Does nothing while the previous run is under way: a second press is not a second request. */
  readonly run: (...args: A) => void;
  readonly busy: boolean;
  /** What the last run was refused with; null while it runs. */
  readonly error: unknown;
  readonly clearError: () => void;
}

/** Gives an asynchronous step its busy and error states. */
export function useAction<A extends readonly unknown[]>(step: (...args: A) => Promise<void>): Action<A> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const run = (...args: A): void => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(null);
    step(...args)
      .catch((reason: unknown) => {
        if (mounted.current) setError(reason);
      })
      .finally(() => {
        running.current = false;
        if (mounted.current) setBusy(false);
      });
  };
  return { run, busy, error, clearError: () => setError(null) };
}
