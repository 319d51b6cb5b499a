"use client";

import { useEffect, useRef, useState } from "react";
import type { ConversationId } from "../../base/ids.ts";
import type { DraftKeeper } from "./draft-keeper.ts";
import { useMessenger } from "./use-messenger.tsx";

/** As last seen on this page, so that going back and forth shows them at once. */
const recent = new Map<ConversationId, string>();

/** Unsent text, which outlives the page. The component must be keyed by conversation. */
export function useDraft(conversation: ConversationId): readonly [string, (text: string) => void] {
  const messenger = useMessenger();
  const [text, setText] = useState(() => recent.get(conversation) ?? "");
  const keeper = useRef<DraftKeeper>(undefined);
  /** Typed before the keeper was here. */
  const early = useRef<string>(undefined);

  useEffect(() => {
    let left = false;
    const isBlank = !recent.has(conversation);
    const show = (found: string): void => {
      recent.set(conversation, found);
      setText(found);
    };
    import("./draft-keeper.ts")
      .then(({ keepDraft }) => {
        const made = keepDraft(messenger, conversation, show, isBlank);
        if (early.current !== undefined) made.type(early.current);
        if (left) made.close();
        else keeper.current = made;
      })
      // Without it, the text lasts as long as the page.
      .catch(() => undefined);
    return () => {
      left = true;
      keeper.current?.close();
    };
  }, [messenger, conversation]);

  const keep = (next: string): void => {
    recent.set(conversation, next);
    setText(next);
    if (keeper.current) keeper.current.type(next);
    else early.current = next;
  };
  return [text, keep];
}
