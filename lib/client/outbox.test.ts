import { describe, expect, it, vi } from "vitest";
import { type AccountId, type ConversationId, newId } from "../base/ids.ts";
import type { Content } from "../protocol/content.ts";
import { AppError } from "../protocol/errors.ts";
import { createOutbox } from "./outbox.ts";
import type { OutboxEntry } from "./platform.ts";

const room = newId<ConversationId>();

/** An outbox whose server refuses everything, and what is kept of it on the device. */
function refusedOutbox() {
  const kept = new Map<string, OutboxEntry>();
  const outbox = createOutbox({
    platform: {
      owner: "this tab",
      now: () => Date.now(),
      storage: {
        putOutbox: async (entry: OutboxEntry) => void kept.set(entry.message, entry),
        removeOutbox: async (message: string) => void kept.delete(message),
        outbox: async () => [...kept.values()],
      },
    },
    account: newId<AccountId>(),
    socket: { send: () => Promise.reject(new AppError("posting-restricted")) },
    seal: async () => new Uint8Array(1),
    read: async () => null,
    refresh: () => {},
    prepare: async () => {},
    isCurrent: async () => true,
    isOver: async () => false,
    mayFlow: () => true,
    onStored: async () => {},
    onChange: () => {},
  } as never);
  return { kept, outbox };
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
