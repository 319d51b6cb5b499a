import { describe, expect, it } from "vitest";
import type { AccountId, MessageId } from "@/lib/base/ids";
import type { Message } from "@/lib/client/model";
import { timelineRows } from "./timeline-rows";

const noon = new Date(2026, 10, 21, 12).getTime();
const minute = 60_000;

function message(seq: number | null, sender: string, at: number, mine = sender === "me"): Message {
  return {
    id: `${sender}-${seq ?? "new"}-${at}` as MessageId,
    seq,
    sender: sender as AccountId,
    mine,
    at,
    body: { kind: "text", text: "a", earlier: [], action: false, forwarded: false, files: [] },
    delivery: mine ? "stored" : null,
    failure: null,
    reply: null,
    thread: null,
    replies: null,
    reactions: [],
    mentionsMe: false,
    refused: [],
  };
}

/** One word a row: day, unread, or how the message stands in its group. */
function shape(
  messages: Message[],
  unreadAfter: number | null = null,
  lines: Parameters<typeof timelineRows>[2] = [],
): string[] {
  return timelineRows(messages, unreadAfter, lines).map((row) => {
    if (row.kind !== "message") return row.kind;
    if (row.opens) return row.closes ? "alone" : "first";
    return row.closes ? "last" : "middle";
  });
}

describe("timelineRows", () => {
  it("is empty without messages", () => {
    expect(shape([])).toEqual([]);
  });

  it("groups one person's messages that follow within five minutes", () => {
    expect(
      shape([
        message(1, "bob", noon),
        message(2, "bob", noon + 5 * minute),
        message(3, "bob", noon + 9 * minute),
        message(4, "bob", noon + 15 * minute),
        message(5, "me", noon + 15 * minute),
      ]),
    ).toEqual(["day", "first", "middle", "last", "alone", "alone"]);
  });

  it("starts a day with a separator and a new group", () => {
    const midnight = new Date(2026, 10, 22).getTime();
    expect(shape([message(1, "bob", midnight - 1), message(2, "bob", midnight)])).toEqual([
      "day",
      "alone",
      "day",
      "alone",
    ]);
  });

  it("does not go back a day for a clock that runs behind", () => {
    const midnight = new Date(2026, 10, 22).getTime();
    expect(shape([message(1, "bob", midnight), message(null, "me", midnight - 1)])).toEqual([
      "day",
      "alone",
      "alone",
    ]);
  });

  it("draws the unread line once, before the first unread message of somebody else", () => {
    expect(
      shape(
        [message(7, "bob", noon), message(8, "me", noon), message(9, "bob", noon), message(10, "bob", noon)],
        7,
      ),
    ).toEqual(["day", "alone", "alone", "unread", "first", "last"]);
    expect(shape([message(7, "bob", noon), message(null, "me", noon)], 7)).toEqual(["day", "alone", "alone"]);
  });

  it("puts lines before the message that they stand before, on their day, and ends groups with them", () => {
    const midnight = new Date(2026, 10, 22).getTime();
    const line = (before: number | null, at: number) => ({
      key: `line-${before}`,
      before,
      at,
      author: "bob" as AccountId,
      event: { kind: "archived" } as const,
    });
    const messages = [
      message(3, "bob", noon),
      message(5, "bob", noon),
      message(6, "bob", noon),
      message(null, "me", midnight),
    ];
    expect(shape(messages, null, [line(3, noon), line(4, noon), line(null, midnight)])).toEqual([
      ...["day", "line", "alone"],
      ...["line", "first", "last"],
      ...["day", "line", "alone"],
    ]);
    expect(shape([], null, [line(null, noon)])).toEqual(["day", "line"]);
    expect(shape(messages.slice(0, 1), 2, [line(3, noon)])).toEqual(["day", "line", "unread", "alone"]);
  });

  it("keeps message objects, so that unchanged rows are not drawn again", () => {
    const first = message(1, "bob", noon);
    const row = timelineRows([first, message(2, "bob", noon)], null)[1];
    expect(row?.kind === "message" && row.message).toBe(first);
  });

  it("says of deleted messages that follow each other once how many they were", () => {
    const deleted = (seq: number) => ({
      ...message(seq, "", noon),
      body: { kind: "deleted", by: null } as const,
    });
    const rows = timelineRows([deleted(1), deleted(2), message(3, "", noon), deleted(4)], null);
    expect(rows.map((row) => (row.kind === "deleted" ? row.count : row.kind))).toEqual([
      "day",
      2,
      "message",
      1,
    ]);
    expect(shape([deleted(1), message(2, "", noon)])).toEqual(["day", "deleted", "alone"]);
  });
});
