import { expect, test } from "vitest";
import type { Message } from "@/lib/client/model";
import { findThread, type Thread } from "./find-thread";

const message = (seq: number | null, thread: number | null = null, id = `${seq}`) =>
  ({ id, seq, thread: thread && { id: `${thread}`, seq: thread } }) as Message;

const ids = (thread: Thread | null) => thread && [thread.root, ...thread.answers].map(({ id }) => id);

test("a thread stays whole when the conversation beside it is shown elsewhere", () => {
  expect(findThread([message(1)], 4, null)).toBeNull();
  const before = findThread([message(4), message(5, 4), message(6), message(null, 4, "8")], 4, null);
  expect(ids(before)).toEqual(["4", "5", "8"]);
  const elsewhere = [message(70), message(8, 4), message(71, 4), message(null, 4, "new")];
  expect(ids(findThread(elsewhere, 4, before))).toEqual(["4", "5", "8", "71", "new"]);
});

test("what is loaded is what counts", () => {
  const before = findThread([message(4), message(5, 4), message(null, 4, "discarded")], 4, null);
  const gone = { ...message(5, 4), body: { kind: "deleted", by: null } } as Message;
  expect(findThread([message(4), gone], 4, before)?.answers).toEqual([gone]);
});
