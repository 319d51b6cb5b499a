import type { AccountId } from "../../base/ids.ts";
import type { Conversation, Message, Person } from "../model.ts";
import { countUnread } from "./unread.ts";

/** What one wants to hear of a conversation: nothing between two while the other is blocked, in a room all others. */
export function createHeard(findPeer: () => Person | null, isBlocked: (account: AccountId) => boolean) {
  function isHidden(): boolean {
    const peer = findPeer();
    return peer !== null && isBlocked(peer.id);
  }

  return {
    isHidden,

    view(
      messages: readonly Message[],
      ...[read, loaded, lastSeq]: [read: number, loaded: { first: number; last: number }, lastSeq: number]
    ): Pick<Conversation, "blocked" | "newest" | "unread" | "mentions"> {
      if (isHidden()) return { blocked: true, newest: messages.at(-1) ?? null, unread: 0, mentions: 0 };
      const newest = messages.findLast(({ sender }) => !isBlocked(sender)) ?? null;
      return { blocked: false, newest, ...countUnread(messages, read, loaded, lastSeq, isBlocked) };
    },
  };
}
