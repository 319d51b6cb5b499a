"use client";

import { useState } from "react";
import type { ConversationId } from "../../base/ids.ts";

/** Unsent text by conversation. In memory only: it is plaintext. */
const drafts = new Map<ConversationId, string>();

/** The component must be keyed by conversation. */
export function useDraft(conversation: ConversationId): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => drafts.get(conversation) ?? "");
  const keep = (next: string): void => {
    if (next === "") drafts.delete(conversation);
    else drafts.set(conversation, next);
    setText(next);
  };
  return [text, keep];
}
