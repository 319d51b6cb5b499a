"use client";

import { useCallback } from "react";
import { useToast } from "@/components/ui/toast";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Message } from "@/lib/client/model";
import type { Content, MessageRef } from "@/lib/protocol/content";
import { useTalk } from "./talk";

/** Null until the server has numbered it: before that nothing can be said about it. */
export function refOf({ id, seq }: Message): MessageRef | null {
  return seq === null ? null : { id, seq };
}

/** Says something in this conversation; a refusal is shown. */
export function useSay(): (content: Content) => void {
  const messenger = useMessenger();
  const toast = useToast();
  const errorText = useErrorText();
  const { id } = useTalk().conversation;
  return useCallback(
    (content) => {
      messenger.send(id, content).catch((error: unknown) => toast(errorText(error)));
    },
    [messenger, toast, errorText, id],
  );
}

/** Puts one's reaction on a message, or takes it back where it is there. */
export function useReact(): (message: Message, emoji: string) => void {
  const say = useSay();
  const me = useMessengerState((state) => state.me)?.id;
  return (message, emoji) => {
    const target = refOf(message);
    if (!target || !me) return;
    const there = message.reactions.some((one) => one.emoji === emoji && one.people.includes(me));
    say({ type: "reaction", target, emoji, on: !there });
  };
}
