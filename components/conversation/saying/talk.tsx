"use client";

import { createContext, type ReactElement, type ReactNode, useContext, useMemo, useState } from "react";
import type { Conversation, Message } from "@/lib/client/model";

/** What is being written other than a new message. */
export interface Composing {
  readonly kind: "reply" | "edit";
  readonly message: Message;
}

/** What has been asked for, about a message or (null) about the conversation. */
export interface Asked {
  readonly what:
    | "actions"
    | "react"
    | "emoji"
    | "add"
    | "poll"
    | "voters"
    | "history"
    | "details"
    | "forward"
    | "report"
    | "block"
    | "delete"
    | "leave";
  readonly message: Message | null;
  /** Where it was asked: near there it opens, there the focus returns. */
  readonly from: HTMLElement | null;
}

export interface Talk {
  readonly conversation: Conversation;
  /** In a thread, the message that it hangs on. */
  readonly root: Message | null;
  readonly composing: Composing | null;
  readonly compose: (next: Composing | null) => void;
  readonly asked: Asked | null;
  readonly ask: (next: Asked | null) => void;
  /** Files that go with what is being written. */
  readonly attached: readonly File[];
  readonly attach: (next: readonly File[]) => void;
}

const TalkContext = createContext<Talk | null>(null);

/** What goes on in one timeline and its composer; another one for each open thread. */
export function TalkProvider(props: {
  conversation: Conversation;
  root?: Message | null;
  children: ReactNode;
}): ReactElement {
  const { conversation, root = null } = props;
  const [composing, compose] = useState<Composing | null>(null);
  const [asked, ask] = useState<Asked | null>(null);
  const [attached, attach] = useState<readonly File[]>([]);
  const talk = useMemo(
    () => ({ conversation, root, composing, compose, asked, ask, attached, attach }),
    [conversation, root, composing, asked, attached],
  );
  return <TalkContext value={talk}>{props.children}</TalkContext>;
}

export function useTalk(): Talk {
  const talk = useContext(TalkContext);
  if (!talk) throw new Error("useTalk needs a TalkProvider above it");
  return talk;
}
