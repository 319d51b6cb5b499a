import { describe, expect, it } from "vitest";
import { type AccountId, type ConversationId, type MessageId, newId } from "../../base/ids.ts";
import type { Conversation, Message } from "../model.ts";
import { createArrivals } from "./arrivals.ts";

const NOW = 1_800_000_000_000;
const ids = [newId<ConversationId>(), newId<ConversationId>()];

function message(seq: number | null, parts: Partial<Message> = {}): Message {
  return {
    id: newId<MessageId>(),
    seq,
    sender: newId<AccountId>(),
    mine: false,
    at: NOW,
    body: { kind: "text", text: "hello", earlier: [], action: false, forwarded: false, files: [] },
    mentionsMe: false,
    ...parts,
  } as Message;
}

function conversation(newest: Message | null, parts: Partial<Conversation> = {}): Conversation {
  return { id: ids[0], newest, unread: 1, mentions: 0, ...parts } as Conversation;
}

const state = (...conversations: Conversation[]) => ({ conversations });
const start = (...conversations: Conversation[]) => createArrivals(state(...conversations), () => NOW);
const seqs = (arrivals: ReturnType<ReturnType<typeof createArrivals>>) =>
  arrivals.map(({ message: { seq }, mentioned }) => [seq, mentioned]);

describe("what arrives", () => {
  it("is told once, what was there before not at all", () => {
    const look = start(conversation(message(5)));
    expect(look(state(conversation(message(5))))).toEqual([]);
    const next = state(conversation(message(6)));
    expect(seqs(look(next))).toEqual([[6, false]]);
    expect(look(next)).toEqual([]);
    expect(look(state(...next.conversations))).toEqual([]);
  });

  it("is the newest of each conversation, with the mention that came before it", () => {
    const look = start(conversation(message(5)), conversation(message(1), { id: ids[1] as ConversationId }));
    const both = state(
      conversation(message(9), { mentions: 1 }),
      conversation(message(2, { mentionsMe: true }), { id: ids[1] as ConversationId, mentions: 1 }),
    );
    expect(seqs(look(both))).toEqual([
      [9, true],
      [2, true],
    ]);
  });

  it.each([
    ["one's own message", conversation(message(6, { mine: true }))],
    ["one that waits to be sent", conversation(message(null, { mine: true }))],
    ["what has been read elsewhere", conversation(message(6), { unread: 0 })],
    ["a deletion that leaves an older one the newest", conversation(message(4))],
  ])("is not %s", (_, next) => {
    expect(start(conversation(message(5)))(state(next))).toEqual([]);
  });

  it("is the first message of a conversation, but nothing old that is only now opened", () => {
    expect(seqs(start()(state(conversation(message(1)))))).toEqual([[1, false]]);
    expect(seqs(start(conversation(null))(state(conversation(message(1)))))).toEqual([[1, false]]);
    expect(start(conversation(null))(state(conversation(message(7, { at: NOW - 600_000 }))))).toEqual([]);
  });
});
