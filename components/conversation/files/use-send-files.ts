"use client";

import { fileSource } from "@/lib/client/hooks/files/file-source";
import { guardUnload } from "@/lib/client/hooks/files/guard-unload";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { Content } from "@/lib/protocol/content";
import { useTalk } from "../saying/talk";

/** Sends what is attached with these words. The field is free at once; what could not be taken is attached again. */
export function useSendFiles(): (content: Extract<Content, { readonly type: "text" }>) => Promise<void> {
  const messenger = useMessenger();
  const { conversation, attached, attach } = useTalk();
  return async ({ type: _, ...said }) => {
    attach([]);
    try {
      const files = await messenger.files();
      await files.send(conversation.id, said, await Promise.all(attached.map(fileSource)));
      guardUnload(messenger);
    } catch (error) {
      attach(attached);
      throw error;
    }
  };
}
