import type { ConversationId } from "../../base/ids.ts";
import type { Conversation, Message, MessengerState } from "../model.ts";

/** Of a conversation whose newest message was not known before, one that is older is no news. */
const NEWS_MS = 2 * 60_000;

/** The newest of what has come in one conversation since one looked the last time. */
export interface Arrival {
  readonly conversation: Conversation;
  readonly message: Message;
  /** Whether it, or one that came with it, names this person. */
  readonly mentioned: boolean;
}

/**
 * What has arrived from one state of the messenger to the next, in the order of the list.
 * @param first what is there by then is no news
 */
export function createArrivals(first: Pick<MessengerState, "conversations">, now: () => number) {
  const heard = new Map<ConversationId, { seq: number; mentions: number }>();
  let listed: MessengerState["conversations"] = null;

  function isNews({ unread, newest }: Conversation, before: { seq: number }): boolean {
    if (!newest?.seq || newest.mine || unread === 0 || newest.seq <= before.seq) return false;
    return before.seq > 0 || newest.at > now() - NEWS_MS;
  }

  function look({ conversations }: Pick<MessengerState, "conversations">): Arrival[] {
    if (conversations === listed) return [];
    listed = conversations;
    const arrivals: Arrival[] = [];
    for (const conversation of conversations ?? []) {
      const { id, newest, mentions } = conversation;
      const before = heard.get(id) ?? { seq: 0, mentions: 0 };
      if (isNews(conversation, before) && newest) {
        const mentioned = newest.mentionsMe || mentions > before.mentions;
        arrivals.push({ conversation, message: newest, mentioned });
      }
      heard.set(id, { seq: Math.max(before.seq, newest?.seq ?? 0), mentions });
    }
    return arrivals;
  }

  look(first);
  return look;
}
