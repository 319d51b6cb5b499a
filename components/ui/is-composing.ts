import type { KeyboardEvent } from "react";

/** Whether a key belongs to an input method: also Safari's Enter that ends a composition, which comes after its end. */
export function isComposing({ nativeEvent, keyCode }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || keyCode === 229;
}
