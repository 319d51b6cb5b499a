"use client";

import { useEffect } from "react";

/**
 * React takes no notice of what was typed, or filled in by a password manager, before it took over the page. Tells
 * it, and tells the page that it is live: what was pressed before is pressed now (scripts/setup/late-scripts.mjs).
 */
export function useEarlyInput(): void {
  useEffect(() => {
    // Not within the effect, where React cannot act on an event before the next one comes.
    setTimeout(() => {
      // All read first: at the first change React writes what it believes into every field.
      const early = [...document.querySelectorAll("input")].map((input) => [input, input.value] as const);
      for (const [input, value] of early) tell(input, value);
      dispatchEvent(new Event("live"));
    });
  }, []);
}

function tell(input: HTMLInputElement, value: string): void {
  if (value === input.defaultValue) return;
  // React has put a setter of its own on the element, by which it knows a change from what it wrote itself.
  input.value = input.defaultValue;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, value);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
