"use client";

import { useMedia } from "./use-media.ts";

/** As in BESIDE_CLASS: there is room for a column beside the conversation. */
const WIDE = "(min-width: 1100px)";

export function useWide(): boolean {
  return useMedia(WIDE);
}
