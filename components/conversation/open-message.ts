import { openMessageRoute, openThreadRoute } from "@/lib/client/hooks/use-conversation-route";
import type { Conversation, Message } from "@/lib/client/model";

/** Leads to a message, where need be in its thread. */
export function openMessage(conversation: Conversation["id"], { seq, thread }: Message): void {
  if (thread) openThreadRoute(conversation, thread.seq);
  else if (seq !== null) openMessageRoute(conversation, seq);
}
