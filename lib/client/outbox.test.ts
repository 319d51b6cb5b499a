import { describe, expect, it, vi } from "vitest";
import { fromUtf8, utf8 } from "../base/bytes.ts";
import { type ConversationId, type MessageId, newId } from "../base/ids.ts";
import type { Content } from "../protocol/content.ts";
import { AppError } from "../protocol/errors.ts";
import { createOutbox } from "./outbox.ts";
import type { OutboxEntry } from "./platform.ts";

const room = newId<ConversationId>();

/** @param kept on the device. @param socket what the server makes of it */
function outboxWith(kept: Map<MessageId, OutboxEntry>, socket: object, others: object = {}) {
  return createOutbox({
    platform: {
      owner: "this tab",
      now: () => 1_000,
      isGone: async (owner: string) => owner === "gone",
      storage: {
        async putOutbox(entry: OutboxEntry, instead?: MessageId) {
          if (instead) kept.delete(instead);
          kept.set(entry.message, entry);
        },
        removeOutbox: async (message: MessageId) => void kept.delete(message),
        outbox: async () => [...kept.values()],
      },
    },
    account: "me",
    socket: { isOpen: () => true, ...socket },
    seal: async (_: ConversationId, message: MessageId) => utf8(message),
    refresh: () => {},
    prepare: async () => {},
    isCurrent: async () => true,
    isOver: async () => false,
    mayFlow: () => true,
    onStored: async () => {},
    onRemoved: () => {},
    onChange: () => {},
    ...others,
  } as never);
}

/** An outbox whose server refuses everything, and what is kept of it on the device. */
function refusedOutbox() {
  const kept = new Map<MessageId, OutboxEntry>();
  const socket = { send: () => Promise.reject(new AppError("posting-restricted")) };
  return { kept, outbox: outboxWith(kept, socket) };
}

describe("what the server refuses", () => {
  it("stays, to be sent again or discarded, where it is a message", async () => {
    const { kept, outbox } = refusedOutbox();
    await outbox.add(room, { type: "text", text: "hello" });
    await vi.waitFor(() => expect(outbox.unsent(room)).toMatchObject([{ failure: "posting-restricted" }]));
    expect(kept.size).toBe(1);
  });

  it("goes where nobody would see it: a room's name is in its profile", async () => {
    const { kept, outbox } = refusedOutbox();
    const named: Content = { type: "named", name: "Atelier" };
    await outbox.add(room, named);
    await vi.waitFor(() => expect(kept.size).toBe(0));
    expect(outbox.unsent(room)).toEqual([]);
  });
});

/** What a tab that is gone left, and a server that takes everything, in the order in which it came. */
function outboxAfter(
  left: readonly Partial<OutboxEntry>[],
  seal = async (_message: string) => {},
  read = async (): Promise<Content | null> => ({ type: "text", text: "left" }),
) {
  const kept = new Map(
    left.map((entry, i) => {
      const message = entry.message ?? newId<MessageId>();
      const whole = { account: "me", conversation: room, owner: "gone", failure: null, queuedAt: i + 1 };
      return [message, { ...whole, envelope: utf8(message), ...entry, message } as never as OutboxEntry];
    }),
  );
  const sent: string[] = [];
  const outdated = new Set<string>();
  const socket = {
    async send(envelope: Uint8Array) {
      if (outdated.delete(fromUtf8(envelope))) throw new AppError("old-key-epoch");
      sent.push(fromUtf8(envelope));
      return { seq: sent.length, storedAt: 1 };
    },
  };
  const outbox = outboxWith(kept, socket, {
    async seal(_: ConversationId, message: MessageId) {
      await seal(message);
      return utf8(message);
    },
    read,
  });
  return { outbox, sent, kept, outdated };
}

describe("what a tab that is gone left behind", () => {
  it("is not overtaken while it cannot be read", async () => {
    const first = newId<MessageId>();
    const read = vi.fn(async (): Promise<Content> => ({ type: "text", text: "left" }));
    read.mockRejectedValueOnce(new AppError("unavailable"));
    const { outbox, sent, kept } = outboxAfter([{ message: first }], undefined, read);
    const elsewhere = newId<ConversationId>();
    await outbox.add(room, { type: "text", text: "now" });
    await expect(outbox.resume()).rejects.toMatchObject({ code: "unavailable" });
    await outbox.add(room, { type: "text", text: "and now" });
    await outbox.add(elsewhere, { type: "text", text: "elsewhere" });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    await outbox.resume();
    await vi.waitFor(() => expect(kept.size).toBe(0));
    expect([sent.length, sent[1]]).toEqual([4, first]);
  });

  it("leaves before what is written now, and nothing elsewhere waits for it", async () => {
    const [first, second] = [newId<MessageId>(), newId<MessageId>()];
    const { outbox, sent, kept } = outboxAfter([{ message: first }, { message: second }]);
    const elsewhere = newId<ConversationId>();
    await outbox.add(room, { type: "text", text: "now" });
    await outbox.add(elsewhere, { type: "text", text: "elsewhere" });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    await outbox.resume();
    await vi.waitFor(() => expect(kept.size).toBe(0));
    expect(sent).toHaveLength(4);
    expect(sent.slice(1, 3)).toEqual([first, second]);
  });

  it("is no message of one's own that is sealed anew in this moment: it would be there twice", async () => {
    let finish = () => {};
    const sealed: string[] = [];
    const { outbox, sent, outdated } = outboxAfter([], async (message) => {
      sealed.push(message);
      outdated.add(sealed[0] as string);
      if (sealed.length === 2) await new Promise<void>((resolve) => (finish = resolve));
    });
    await outbox.resume();
    await outbox.add(room, { type: "text", text: "once" });
    await vi.waitFor(() => expect(sealed).toHaveLength(2));
    await outbox.resume();
    finish();
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    await outbox.resume();
    await vi.waitFor(() => expect(outbox.unsent(room)).toEqual([]));
    expect(sent).toEqual([sealed[1]]);
  });
});

describe("what waits for a connection", () => {
  /** A connection that is there or not, and records of which the newest is `record`. */
  function outboxOffline(left: readonly [MessageId, OutboxEntry][] = []) {
    const kept = new Map(left);
    const state = { open: false, record: 1, sealed: 0 };
    const sent: string[] = [];
    const outbox = outboxWith(
      kept,
      {
        isOpen: () => state.open,
        async send(envelope: Uint8Array) {
          if (!state.open) throw new AppError("offline");
          sent.push(fromUtf8(envelope));
          return { seq: sent.length, storedAt: 1 };
        },
      },
      {
        async seal() {
          state.sealed += 1;
          return utf8(`${state.sealed} under ${state.record}`);
        },
        isCurrent: async (_: ConversationId, envelope: Uint8Array) =>
          fromUtf8(envelope).endsWith(`under ${state.record}`),
        read: async (): Promise<Content> => ({ type: "text", text: "left" }),
      },
    );
    return { kept, state, sent, outbox };
  }

  it("is sealed anew where somebody was put out meanwhile: they have the key of before", async () => {
    const { outbox, state, sent, kept } = outboxOffline();
    await outbox.add(room, { type: "text", text: "about them" });
    // Tried, without a connection.
    await new Promise((resume) => setTimeout(resume));
    expect([...kept.values()]).toMatchObject([{ mayBeStored: false }]);
    Object.assign(state, { open: true, record: 2 });
    await outbox.resume();
    await vi.waitFor(() => expect(kept.size).toBe(0));
    expect(sent).toEqual(["2 under 2"]);
  });

  it.each([
    [true, "0 under 1"],
    [false, "1 under 2"],
    [undefined, "0 under 1"],
  ])("and what a tab left is, unless the server may have it (%s)", async (mayBeStored, bytes) => {
    const message = newId<MessageId>();
    const own = { account: "me", conversation: room, owner: "gone", failure: null, queuedAt: 1 };
    const entry = { ...own, message, envelope: utf8("0 under 1"), mayBeStored } as never as OutboxEntry;
    const { outbox, state, sent, kept } = outboxOffline([[message, entry]]);
    Object.assign(state, { open: true, record: 2 });
    await outbox.resume();
    await vi.waitFor(() => expect(kept.size).toBe(0));
    expect(sent).toEqual([bytes]);
  });

  it("is looked at again by itself, and what was discarded while it was sealed is nowhere", async () => {
    vi.useFakeTimers();
    try {
      const { outbox, state, sent, kept } = outboxOffline();
      const adding = outbox.add(room, { type: "text", text: "never mind" });
      await outbox.discard(room, outbox.unsent(room)[0]?.id as MessageId);
      await adding;
      expect(kept.size).toBe(0);
      await outbox.add(room, { type: "text", text: "later" });
      state.open = true;
      await vi.advanceTimersByTimeAsync(30_000);
      expect(sent).toEqual(["2 under 1"]);
      outbox.stop();
    } finally {
      vi.useRealTimers();
    }
  });
});

it("goes on where sealing anew failed for a moment", async () => {
  const kept = new Map<MessageId, OutboxEntry>();
  const sent: string[] = [];
  const failures = [new AppError("unavailable")];
  let record = 1;
  const outbox = outboxWith(
    kept,
    {
      async send(envelope: Uint8Array) {
        if (fromUtf8(envelope) === "1") throw new AppError("old-key-epoch");
        sent.push(fromUtf8(envelope));
        return { seq: 1, storedAt: 1 };
      },
    },
    {
      seal: async () => {
        const failure = record === 2 && failures.pop();
        if (failure) throw failure;
        return utf8(String(record));
      },
      refresh: () => (record = 2),
      isCurrent: async (_: ConversationId, envelope: Uint8Array) => fromUtf8(envelope) === String(record),
    },
  );
  await outbox.add(room, { type: "text", text: "hello" });
  await vi.waitFor(() => expect(sent).toEqual(["2"]), 5_000);
});
