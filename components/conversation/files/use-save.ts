"use client";

import { useEffect, useRef, useState } from "react";
import { useToast } from "@/components/ui/toast";
import { formatBytes } from "@/lib/client/hooks/bytes-format";
import { chooseTarget, savesToDisk } from "@/lib/client/hooks/save-file";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { FilePlace } from "@/lib/client/model-files";
import type { AttachedFile } from "@/lib/protocol/content";
import { type FileTrouble, troubleOf } from "./use-picture";

/** Where a browser cannot write to a file that one chooses, it holds all of it in memory first. */
const MOST_IN_MEMORY = 500_000_000;

export type Saving =
  | { readonly state: "idle" | "saved" }
  | { readonly state: "saving"; readonly done: number }
  | { readonly state: "failed"; readonly reason: FileTrouble };

/** Saves a file of a message as a whole or not at all. */
export function useSave(
  place: FilePlace,
  file: AttachedFile,
): { readonly saving: Saving; readonly save: () => void; readonly stop: () => void } {
  const { t, locale } = useSayingTexts();
  const toast = useToast();
  const errorText = useErrorText();
  const messenger = useMessenger();
  const [saving, setSaving] = useState<Saving>({ state: "idle" });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function run(): Promise<void> {
    if (!savesToDisk() && file.size > MOST_IN_MEMORY) {
      toast(t("files.tooLargeHere", { size: formatBytes(MOST_IN_MEMORY, locale) }));
      return;
    }
    // A type of its own would let some browsers open it.
    const target = await chooseTarget(file.name, "application/octet-stream");
    if (!target) return;
    const ending = new AbortController();
    running.current = ending;
    const { signal } = ending;
    setSaving({ state: "saving", done: 0 });
    let failure: unknown = null;
    try {
      const files = await messenger.files();
      const pieces = files.open(place, file, signal);
      let done = 0;
      const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
        async pull(controller) {
          try {
            const next = await pieces.next();
            if (next.done) return controller.close();
            controller.enqueue(next.value);
            done += next.value.length;
            setSaving({ state: "saving", done });
          } catch (error) {
            failure = error;
            controller.error(error);
          }
        },
        cancel: () => void pieces.return(undefined),
      });
      await target.write(stream, signal);
      setSaving({ state: "saved" });
    } catch (error) {
      setSaving(
        signal.aborted ? { state: "idle" } : { state: "failed", reason: troubleOf(failure ?? error) },
      );
    }
  }

  return {
    saving,
    save: () => void run().catch((error: unknown) => toast(errorText(error))),
    stop: () => running.current?.abort(),
  };
}
