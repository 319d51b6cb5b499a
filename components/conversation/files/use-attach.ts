"use client";

import { type RefObject, useCallback, useEffect, useRef } from "react";
import { useToast } from "@/components/ui/toast";
import { formatBytes } from "@/lib/client/hooks/bytes-format";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { LIMITS } from "@/lib/protocol/limits";
import { useTalk } from "../saying/talk";

/** Puts files beside what is being written; those that cannot be sent are refused at once, with the reason. */
export function useAttach(): (files: readonly File[]) => void {
  const { t, locale } = useSayingTexts();
  const toast = useToast();
  const { attached, attach } = useTalk();
  const most = useMessengerState((state) => state.largestFile);
  return (files) => {
    const tooLarge = files.find(({ size }) => size > most);
    if (most === 0) toast(t("files.none"));
    else if (tooLarge) toast(t("files.tooLarge", { name: tooLarge.name, size: formatBytes(most, locale) }));
    const all = [...attached, ...files.filter(({ size }) => size <= most && most > 0)];
    if (all.length > LIMITS.files) toast(t("files.tooMany", { most: LIMITS.files }));
    attach(all.slice(0, LIMITS.files));
  };
}

/** Files in the clipboard, as a picture of the screen, are attached; words beside them are left to the field. */
export function usePastedFiles(input: RefObject<HTMLTextAreaElement | null>): void {
  const attach = useAttach();
  const newest = useRef(attach);
  newest.current = attach;
  const onPaste = useCallback((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    // Office programs put a picture of the words beside the words.
    if (files.length === 0 || event.clipboardData?.types.includes("text/plain")) return;
    event.preventDefault();
    newest.current(files);
  }, []);
  useEffect(() => {
    const area = input.current;
    area?.addEventListener("paste", onPaste);
    return () => area?.removeEventListener("paste", onPaste);
  }, [input, onPaste]);
}
