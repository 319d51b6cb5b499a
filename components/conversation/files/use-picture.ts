"use client";

import { useEffect, useState } from "react";
import { drawableType } from "@/lib/client/hooks/files/raster";
import { errorCode } from "@/lib/client/hooks/use-error-text";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { Files } from "@/lib/client/model-files";
import { LIMITS } from "@/lib/protocol/limits";

export type Picture =
  | { readonly state: "loading" }
  | { readonly state: "shown"; readonly url: string }
  | { readonly state: "failed"; readonly reason: FileTrouble };

/** Why a file cannot be had. */
export type FileTrouble = "gone" | "damaged" | "away" | "notShown";

export function troubleOf(error: unknown): FileTrouble {
  const code = errorCode(error);
  if (code === "not-found") return "gone";
  return code === "file-damaged" ? "damaged" : "away";
}

/** Whoever sends one decides how large it is: a preview is drawn unasked, a picture after a press. */
export const PREVIEW_PIXELS = LIMITS.previewSide ** 2;
export const PICTURE_PIXELS = 100_000_000;

/**
 * A picture out of bytes, as a type of ours or not at all; its address ends with the view.
 * @param open must stay the same function for the same picture. @param turn another one tries again
 */
export function usePicture(
  open: (files: Files, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer> | null>,
  mostPixels: number,
  turn = 0,
): Picture {
  const messenger = useMessenger();
  const [picture, setPicture] = useState<Picture>({ state: "loading" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is another try.
  useEffect(() => {
    const ending = new AbortController();
    let url: string | null = null;
    setPicture({ state: "loading" });
    messenger
      .files()
      .then((files) => open(files, ending.signal))
      .then((bytes) => {
        if (ending.signal.aborted) return;
        const type = bytes && drawableType(bytes, mostPixels);
        if (!bytes || !type) {
          setPicture({ state: "failed", reason: "notShown" });
          return;
        }
        url = URL.createObjectURL(new Blob([bytes], { type }));
        setPicture({ state: "shown", url });
      })
      .catch((error: unknown) => {
        if (!ending.signal.aborted) setPicture({ state: "failed", reason: troubleOf(error) });
      });
    return () => {
      ending.abort();
      if (url) URL.revokeObjectURL(url);
    };
  }, [messenger, open, mostPixels, turn]);
  return picture;
}
