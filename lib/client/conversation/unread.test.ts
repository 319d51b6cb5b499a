import { expect, test } from "vitest";
import type { Message } from "../model-messages.ts";
import { countUnread } from "./unread.ts";

const message = (seq: number | null, more: object = {}) =>
  ({ seq, mine: false, body: { kind: "text" }, mentionsMe: false, ...more }) as Message;

test("what is loaded is counted: messages by others that are still there", () => {
  const messages = [
    message(3),
    message(5, { mentionsMe: true }),
    message(6, { mine: true }),
    message(7, { body: { kind: "deleted", by: null }, mentionsMe: true }),
    message(9),
    message(null, { mine: true }),
  ];
  // 4 and 8 say something about others.
  expect(countUnread(messages, 3, { first: 1, last: 9 }, 9)).toEqual({ unread: 2, mentions: 1 });
  const blocked = messages.map((one) => ({ ...one, sender: one.seq === 5 ? "bob" : "carol" }) as Message);
  expect(countUnread(blocked, 3, { first: 1, last: 9 }, 9, (sender) => (sender as string) === "bob")).toEqual(
    { unread: 1, mentions: 0 },
  );
  expect(countUnread(messages, 9, { first: 1, last: 9 }, 9)).toEqual({ unread: 0, mentions: 0 });
});

test("what is not loaded is taken for messages, before and after", () => {
  expect(countUnread([], 4, { first: 0, last: 0 }, 10)).toEqual({ unread: 6, mentions: 0 });
  expect(countUnread([message(8)], 4, { first: 8, last: 8 }, 10)).toEqual({ unread: 6, mentions: 0 });
  expect(countUnread([message(8)], 20, { first: 8, last: 8 }, 10)).toEqual({ unread: 0, mentions: 0 });
});
