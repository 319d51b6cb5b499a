import type { ConversationId } from "../base/ids.ts";
import type { Conversation, MessengerState, Timeline } from "./model.ts";

type Shown = Pick<MessengerState, "conversations" | "timelines">;

/** The list with a conversation as it is now, and its timeline where that was opened. */
export function withConversation(
  { conversations, timelines }: Shown,
  one: Conversation,
  timeline: Timeline | null,
): Shown {
  const others = (conversations ?? []).filter(({ id }) => id !== one.id);
  return {
    conversations: [...others, one].sort((a, b) => b.activeAt - a.activeAt),
    timelines: timeline ? new Map(timelines).set(one.id, timeline) : timelines,
  };
}

/** The list without a conversation that is gone. */
export function withoutConversation({ conversations, timelines }: Shown, gone: ConversationId): Shown {
  const left = new Map(timelines);
  left.delete(gone);
  return { conversations: (conversations ?? []).filter(({ id }) => id !== gone), timelines: left };
}
