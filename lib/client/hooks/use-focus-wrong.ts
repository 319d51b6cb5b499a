"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * Moves the focus to the first wrong field of a form.
 * @param attempt the number of tries that were refused; 0 for none. Each change looks for the field anew
 */
export function useFocusWrong(attempt: number): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (attempt > 0) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [attempt]);
  return form;
}
