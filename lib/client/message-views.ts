import type { AccountId, MessageId } from "../base/ids.ts";
import type { LogEntry } from "./message-log.ts";
import type { DeliveryState, Message, MessageBody } from "./model.ts";
import { headerOf } from "./open-stored.ts";
import type { Unsent } from "./outbox.ts";

/** Messages as views see them. The same object comes back until something about it changed, so that rows keep still. */
export function createMessageViews(self: AccountId) {
  const cache = new Map<MessageId, { source: LogEntry; view: Message }>();

  return {
    stored(entry: LogEntry, peerDelivered: number, peerRead: number): Message {
      const sender = headerOf(entry.stored)?.sender ?? ("" as AccountId);
      const mine = sender === self;
      const delivery = mine ? deliveryOf(entry.stored.seq, peerDelivered, peerRead) : null;
      const kept = cache.get(entry.id);
      if (kept?.source === entry && kept.view.delivery === delivery) return kept.view;
      const view: Message = {
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

    unsent: ({ id, text, queuedAt, failure }: Unsent): Message => ({
      id,
      seq: null,
      sender: self,
      mine: true,
      at: queuedAt,
      body: { kind: "text", text },
      delivery: failure ? "failed" : "pending",
      failure,
    }),
  };
}

function bodyOf({ content, failure }: LogEntry): MessageBody {
  if (content) return { kind: "text", text: content.text };
  return failure ? { kind: "unreadable", reason: failure } : { kind: "deleted" };
}

function deliveryOf(seq: number, peerDelivered: number, peerRead: number): DeliveryState {
  if (seq <= peerRead) return "read";
  return seq <= peerDelivered ? "delivered" : "stored";
}
