import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AccountId, type ConversationId, type MessageId, newId } from "../../base/ids.ts";
import { type ConversationNotes, MAX_SCHEDULED, NO_NOTES } from "../model-notes.ts";
import type { OutboxEntry } from "../platform.ts";
import { startScheduling } from "./scheduling.ts";

const NOW = 1_800_000_000_000;
const EVERY_MS = 30_000;
const conversation = newId<ConversationId>();
const content = { type: "text", text: "later" } as const;

/** One browser's tab, whose vault and outbox are these. */
function newTab() {
  let notes: ConversationNotes = NO_NOTES;
  const tab = {
    canSend: true,
    vaultFails: false,
    vaultFailsAfter: false,
    queued: [] as MessageId[],
    sent: [] as MessageId[],
    connection: "online",
    scheduled: () => notes.scheduled,
    listed: true,
    /** The state has changed. */
    onState: () => {},
    put: (parts: Partial<ConversationNotes>) => {
      notes = { ...NO_NOTES, ...parts };
    },
  };
  const scheduling = startScheduling({
    clock: { now: () => Date.now() },
    platform: {
      owner: "this tab",
      now: () => Date.now(),
      storage: { outbox: async () => tab.queued.map((scheduled) => ({ scheduled }) as OutboxEntry) },
    },
    vault: { account: newId<AccountId>() },
    store: {
      get: () => ({
        connection: tab.connection,
        conversations: tab.listed ? [{ id: conversation, canSend: tab.canSend }] : [],
        notes: new Map([[conversation, notes]]),
      }),
      subscribe(listener: () => void) {
        tab.onState = listener;
        return () => {};
      },
    },
    async say(_: ConversationId, __: unknown, id: MessageId) {
      tab.sent.push(id);
      tab.vaultFails = tab.vaultFailsAfter;
      return true;
    },
    async update(_: ConversationId, change: (before: ConversationNotes) => ConversationNotes) {
      const next = change(notes);
      if (tab.vaultFails) throw new Error("no network");
      notes = next;
    },
  } as never);
  return { tab, scheduling };
}

const look = () => vi.advanceTimersByTimeAsync(EVERY_MS);

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => vi.useRealTimers());

describe("sending later", () => {
  it("keeps nothing for a room that one has left", async () => {
    const { tab, scheduling } = newTab();
    await scheduling.add(conversation, content, NOW + EVERY_MS);
    tab.onState();
    expect(tab.scheduled()).toHaveLength(1);
    tab.listed = false;
    tab.onState();
    await vi.waitFor(() => expect(tab.scheduled()).toEqual([]));
  });

  it("sends at its time, once, under its own id", async () => {
    const { tab, scheduling } = newTab();
    await scheduling.add(conversation, content, NOW + 2 * EVERY_MS);
    const [entry] = tab.scheduled();
    await look();
    expect(tab.sent).toEqual([]);
    await look();
    await look();
    expect(tab.sent).toEqual([entry?.id]);
    expect(tab.scheduled()).toEqual([]);
    scheduling.stop();
  });

  it("sends nothing that it could not claim, that is in the outbox or that may not be sent", async () => {
    const { tab, scheduling } = newTab();
    const id = newId<MessageId>();
    tab.put({ scheduled: [{ id, content, at: NOW }] });
    tab.vaultFails = true;
    await look();
    tab.vaultFails = false;
    tab.canSend = false;
    await look();
    expect(tab.sent).toEqual([]);
    expect(tab.scheduled()).toEqual([{ id, content, at: NOW }]);
    tab.canSend = true;
    tab.queued.push(id);
    await look();
    expect(tab.sent).toEqual([]);
    expect(tab.scheduled()).toEqual([]);
    scheduling.stop();
  });

  it("does not send again what it could not take out of the vault", async () => {
    const { tab, scheduling } = newTab();
    tab.put({ scheduled: [{ id: newId<MessageId>(), content, at: NOW }] });
    tab.vaultFailsAfter = true;
    await look();
    expect(tab.scheduled()).toHaveLength(1);
    tab.vaultFails = false;
    await look();
    expect(tab.sent).toHaveLength(1);
    expect(tab.scheduled()).toEqual([]);
    scheduling.stop();
  });

  it("takes back what nobody is sending, and that alone", async () => {
    const { tab, scheduling } = newTab();
    const [free, taken] = [newId<MessageId>(), newId<MessageId>()];
    const claim = { by: "another", at: NOW };
    tab.put({
      scheduled: [
        { id: free, content, at: NOW + 1 },
        { id: taken, content, at: NOW, claim },
      ],
    });
    expect(await scheduling.remove(conversation, free)).toBe(true);
    expect(await scheduling.remove(conversation, taken)).toBe(false);
    expect(tab.scheduled().map(({ id }) => id)).toEqual([taken]);
    scheduling.stop();
  });

  it("keeps no more than its number, nor for longer than a year, nor anything but a text", async () => {
    const { tab, scheduling } = newTab();
    for (const [what, days] of [
      [{ type: "reaction", target: { id: newId<MessageId>(), seq: 1 }, emoji: "🎉", on: true }, 1],
      [content, 366],
    ] as const)
      await expect(scheduling.add(conversation, what, NOW + days * 86_400_000)).rejects.toMatchObject({
        code: "bad-request",
      });
    for (let i = 0; i < MAX_SCHEDULED; i++) await scheduling.add(conversation, content, NOW + 60_000);
    await expect(scheduling.add(conversation, content, NOW + 60_000)).rejects.toMatchObject({
      code: "too-large",
    });
    expect(tab.scheduled()).toHaveLength(MAX_SCHEDULED);
    scheduling.stop();
  });
});
