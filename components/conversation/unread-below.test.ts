import { expect, test } from "vitest";
import type { Message } from "@/lib/client/model";
import { unreadBelow } from "./unread-below";

const message = (seq: number | null, more: object = {}) =>
  ({ seq, mine: false, body: { kind: "text" }, ...more }) as Message;

test("what came into sight is not counted, nor what nobody counts as unread", () => {
  const messages = [
    message(3),
    message(4),
    message(5, { mine: true }),
    message(6, { body: { kind: "deleted", by: null } }),
    message(7),
    message(9),
    message(null, { mine: true }),
  ];
  const below = (seen: number) => unreadBelow(messages, { unread: 40, unreadAfter: 3, seen });
  expect([0, 3, 4, 6, 7, 9, 60].map(below)).toEqual([40, 40, 39, 39, 38, 37, 37]);
  expect(unreadBelow(messages, { unread: 1, unreadAfter: 3, seen: 9 })).toBe(0);
});
