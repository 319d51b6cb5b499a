import { expect, test } from "vitest";
import type { Message } from "@/lib/client/model";
import { type Looked, lookInto, unseenAnswers } from "./unseen-answers";

const message = (seq: number | null, thread: number | null, more: object = {}) =>
  ({ seq, thread: thread && { seq: thread }, mine: false, body: { kind: "text" }, ...more }) as Message;

const messages = [
  message(1, null),
  message(2, null),
  message(3, 1),
  message(4, 2),
  message(5, 1),
  message(6, 1, { body: { kind: "deleted", by: null } }),
  message(7, null),
];
const nothing: Looked = { after: 0, threads: new Map() };
const unseen = (looked: Looked, open: number | null = null, all = messages) =>
  unseenAnswers(all, looked, open).map(({ seq }) => seq);

test("answers in threads are unseen until their thread is shown", () => {
  expect(unseen(nothing)).toEqual([3, 4, 5]);
  expect(unseen({ ...nothing, after: 3 })).toEqual([4, 5]);
  expect(unseen(nothing, 1)).toEqual([4]);
  const looked = lookInto(nothing, messages, 1);
  expect(unseen(looked)).toEqual([4]);
  expect(unseen(looked, null, [...messages, message(8, 1)])).toEqual([4, 8]);
  expect(lookInto(looked, messages, 1)).toBe(looked);
});

test("whoever answered has seen what was answered before", () => {
  expect(unseen(nothing, null, [...messages, message(8, 1, { mine: true }), message(9, 1)])).toEqual([4, 9]);
  expect(unseen(nothing, null, [...messages, message(null, 1, { mine: true })])).toEqual([3, 4, 5]);
});
