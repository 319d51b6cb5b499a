"use client";

import { useCallback, useEffect, useRef, useState } from "react";

interface Loaded<T> {
  /** The newest answer; null until there is one. */
  readonly value: T | null;
  /** Why the last attempt failed; null while it runs and after it went well. */
  readonly error: unknown;
  /** Asks again; what was loaded stays until the answer is here. */
  readonly reload: () => void;
}

/** Something that is asked for when the view appears. @param load must stay the same function */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [error, setError] = useState<unknown>(null);
  const turn = useRef(0);
  const reload = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    // An answer that was overtaken by a later question says nothing any more.
    const current = () => mine === turn.current;
    setError(null);
    load().then(
      (loaded) => current() && setValue(loaded),
      (reason: unknown) => current() && setError(reason),
    );
  }, [load]);
  useEffect(() => {
    reload();
    return () => {
      turn.current += 1;
    };
  }, [reload]);
  return { value, error, reload };
}
