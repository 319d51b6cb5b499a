import { describe, expect, it, vi } from "vitest";
import { concat, u32 } from "../../base/bytes.ts";
import { type AccountId, type ConversationId, type MessageId, newId } from "../../base/ids.ts";
import { encodePage, type StoredMessage } from "../../protocol/frames.ts";
import { encodeEnvelopeHeader } from "../../protocol/layout/envelope.ts";
import type { Api } from "../api.ts";
import type { KeyBook } from "../key-book.ts";
import { createMessageLog, type MessageLogDeps } from "./message-log.ts";

const conversation = newId<ConversationId>();

/** Nobody can open it: that it stands at its place is what counts here. */
const messageAt = (seq: number, byte = 0): StoredMessage => ({
  seq,
  storedAt: seq,
  envelope: concat(u32(seq), new Uint8Array(396).fill(byte)),
});

function openLog(history: readonly StoredMessage[] = []) {
  const onChange = vi.fn();
  const onAlert = vi.fn();
  const getBytes = vi.fn(async (path: string) => {
    const after = Number(/after=(\d+)/.exec(path)?.[1]);
    return encodePage(history.filter(({ seq }) => seq > after));
  });
  const meet = vi.fn(async (_: readonly AccountId[]) => {});
  const keys = { state: { policy: {} }, reader: { findState: () => null }, meet };
  const require = vi.fn(async () => keys);
  let begun = 1;
  const lifetime = {
    first: () => begun,
    begin() {},
    cutoff: () => 0,
    seconds: () => 0,
    follow: vi.fn(),
    mayBeGone: () => false,
  };
  const log = createMessageLog(conversation, {
    api: { getBytes } as unknown as Api,
    book: { require, forget() {} } as unknown as KeyBook,
    lifetime: lifetime as unknown as MessageLogDeps["lifetime"],
    onChange,
    onAlert,
  });
  const receive = (...messages: StoredMessage[]) => Promise.all(messages.map(log.receive));
  const seqs = () => log.entries().map(({ stored }) => stored.seq);
  /** What the records will say from now on, once they are asked again. */
  const beginAgainAt = (seq: number) => {
    lifetime.follow.mockImplementation(() => {
      begun = seq;
    });
  };
  return { log, onChange, onAlert, getBytes, require, meet, receive, seqs, beginAgainAt };
}

const run = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => messageAt(from + i));

describe("a log of messages", () => {
  it("takes in together what comes faster than it is opened, with one change to show", async () => {
    const { receive, seqs, onChange, onAlert } = openLog();
    await receive(...run(1, 200));
    expect(seqs()).toEqual(run(1, 200).map(({ seq }) => seq));
    expect(onChange.mock.calls.length).toBeLessThanOrEqual(2);
    expect(onAlert).not.toHaveBeenCalled();
  });

  it("puts in order what comes in another one, fetches a gap once, and drops what comes twice", async () => {
    const { receive, seqs, getBytes, onAlert } = openLog(run(3, 5));
    await receive(messageAt(1));
    await receive(messageAt(7), messageAt(2), messageAt(6), messageAt(6), messageAt(2));
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(getBytes).toHaveBeenCalledTimes(1);
    expect(onAlert).not.toHaveBeenCalled();
  });

  it("notices two messages for one place, also where they come together", async () => {
    const { receive, seqs, onAlert } = openLog();
    await receive(messageAt(1), messageAt(2), messageAt(2, 7), messageAt(3));
    expect(seqs()).toEqual([1, 2, 3]);
    expect(onAlert).toHaveBeenCalledWith("history-mismatch");
  });

  it("notices a gap that the server does not fill", async () => {
    const { receive, seqs, onAlert } = openLog(run(4, 5));
    await receive(messageAt(1));
    await receive(messageAt(5));
    expect(seqs()).toEqual([1]);
    expect(onAlert).toHaveBeenCalledWith("history-mismatch");
  });

  it("begins anew where the records say that one was out and is in again", async () => {
    const { receive, seqs, onAlert, beginAgainAt } = openLog(run(4, 5));
    await receive(messageAt(1));
    beginAgainAt(4);
    await receive(messageAt(5));
    expect(seqs()).toEqual([4, 5]);
    expect(onAlert).not.toHaveBeenCalled();
  });

  it("asks for the keys of all who wrote at once", async () => {
    const { receive, meet } = openLog();
    const senders = Array.from({ length: 50 }, () => newId<AccountId>());
    const messages = senders.map((sender, i) => {
      const bytes = new Uint8Array(32);
      const ids = { conversation, sender, message: newId<MessageId>() };
      const header = { kind: "message", ...ids, keyEpoch: 1, recordHash: bytes, salt: bytes } as const;
      const { envelope, ...place } = messageAt(i + 1);
      return { ...place, envelope: concat(encodeEnvelopeHeader(header), envelope) };
    });
    await receive(...messages);
    expect(meet.mock.calls).toEqual([[senders]]);
  });

  it("says of each message that it was not taken in, and has it with the next one", async () => {
    const { receive, seqs, require } = openLog(run(1, 3));
    await receive(messageAt(1));
    require.mockRejectedValueOnce(new Error("away")).mockRejectedValueOnce(new Error("away"));
    const refused = await Promise.allSettled([receive(messageAt(2)), receive(messageAt(3))]);
    expect(refused.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await receive(messageAt(4));
    expect(seqs()).toEqual([1, 2, 3, 4]);
  });
});
