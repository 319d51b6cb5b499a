"use client";

import { useLayoutEffect } from "react";

/**
 * React takes no notice of what was typed, or filled in by a password manager, before it took over the page, and
 * writes over it at the first change of anything. Tells it, and tells the page that it is live: what was pressed
 * before is pressed now (scripts/setup/late-scripts.mjs).
 */
export function useEarlyInput(): void {
  useLayoutEffect(() => {
    // Read in the very commit that takes over, before any event can reach React.
    const early = [...document.querySelectorAll("input")].map((input) => [input, input.value] as const);
    // Told after it: within it, React could not act on one event before the next one comes.
    setTimeout(() => {
      for (const [input, value] of early) tell(input, input.value || value);
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
