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
    // As whoever set it has typed it.
    const rounded = Math.floor(most / 1024 ** 2) * 1_000_000;
    const tooLarge = files.find(({ size }) => size > most);
    if (most === 0) toast(t("files.none"));
    else if (tooLarge)
      toast(t("files.tooLarge", { name: tooLarge.name, size: formatBytes(rounded, locale) }));
    const all = [...attached, ...files.filter(({ size }) => size <= most && most > 0)];
    if (all.length > LIMITS.files) toast(t("files.tooMany", { most: LIMITS.files }));
    attach(all.slice(0, LIMITS.files));
  };
}

const kept = new Map<string, readonly File[]>();

/** What is attached stays with its conversation, or its thread, while the page lives; and one goes on in the text. */
export function useKeptFiles(input: RefObject<HTMLTextAreaElement | null>): void {
  const { conversation, root, attached, attach } = useTalk();
  const name = root?.id ?? conversation.id;
  const before = useRef<readonly File[]>(null);
  useEffect(() => {
    if (before.current === null) {
      before.current = kept.get(name) ?? [];
      if (before.current.length > 0) attach(before.current);
      return;
    }
    const isMore = attached.length > before.current.length;
    before.current = attached;
    if (attached.length > 0) kept.set(name, attached);
    else kept.delete(name);
    // A phone's keyboard would cover what was chosen.
    if (isMore && !matchMedia("(pointer: coarse)").matches) input.current?.focus();
  }, [name, attached, attach, input]);
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
