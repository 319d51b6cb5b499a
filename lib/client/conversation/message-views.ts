import type { AccountId, MessageId } from "../../base/ids.ts";
import type { Content } from "../../protocol/content.ts";
import type { DeliveryState, Message, MessageBody } from "../model-messages.ts";
import type { Unsent } from "../outbox.ts";
import type { LogEntry } from "./message-log.ts";
import { headerOf } from "./open-stored.ts";
import type { Positions } from "./positions.ts";

const NOTHING_SAID = {
  reply: null,
  thread: null,
  replies: null,
  reactions: [],
  mentionsMe: false,
} as const;

/** Messages as views see them. The same object comes back until something about it changed, so that rows keep still. */
export function createMessageViews(self: AccountId) {
  const cache = new Map<MessageId, { source: LogEntry; view: Message }>();

  return {
    /** @param others up to where everybody else has received and read */
    stored(entry: LogEntry, others: Positions): Message {
      const sender = headerOf(entry.stored)?.sender ?? ("" as AccountId);
      const mine = sender === self;
      const delivery = mine ? deliveryOf(entry.stored.seq, others) : null;
      const kept = cache.get(entry.id);
      if (kept?.source === entry && kept.view.delivery === delivery) return kept.view;
      const view: Message = {
        ...NOTHING_SAID,
        id: entry.id,
        seq: entry.stored.seq,
        sender,
        mine,
        at: entry.stored.storedAt,
        body: bodyOf(entry),
        delivery,
        failure: null,
      };
      cache.set(entry.id, { source: entry, view });
      return view;
    },

    unsent: ({ id, content, queuedAt, failure }: Unsent): Message => ({
      ...NOTHING_SAID,
      id,
      seq: null,
      sender: self,
      mine: true,
      at: queuedAt,
      body: contentBody(content),
      delivery: failure ? "failed" : "pending",
      failure,
    }),
  };
}

function bodyOf({ content, failure }: LogEntry): MessageBody {
  if (content) return contentBody(content);
  return failure ? { kind: "unreadable", reason: failure } : { kind: "deleted", by: null };
}

function contentBody(content: Content): MessageBody {
  if (content.type !== "text") return { kind: "unreadable", reason: "malformed" };
  const { text, action = false, forwarded = false } = content;
  return { kind: "text", text, earlier: [], action, forwarded };
}

function deliveryOf(seq: number, others: Positions): DeliveryState {
  if (seq <= others.read) return "read";
  return seq <= others.delivered ? "delivered" : "stored";
}
