"use client";

import { useEffect, useState } from "react";

const EVENTS = ["pointerdown", "keydown", "focusin"] as const;

/** False until the person does something on this page: what only they need can wait for that. */
export function useTouched(): boolean {
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (touched) return;
    const touch = (): void => setTouched(true);
    for (const event of EVENTS) window.addEventListener(event, touch, { passive: true });
    return () => {
      for (const event of EVENTS) window.removeEventListener(event, touch);
    };
  }, [touched]);
  return touched;
}
