import { expect, test } from "vitest";
import { type ConversationId, newId } from "../../base/ids.ts";
import type { Unsent } from "../outbox.ts";
import type { LogEntry } from "./message-log.ts";
import { createRun, type RunDeps } from "./run.ts";
import { ANN, entriesOf, type Line, ME, ref, SEEN, textOf, unsent, words } from "./testing/lines.ts";

const LINES: readonly Line[] = [
  [ANN, words("root")],
  [ANN, words("after it")],
  [ANN, words("not loaded")],
  [ANN, words("newer")],
  [ANN, words("newer answer", { thread: ref(1) })],
];

async function openWindow(items: readonly Unsent[]) {
  const all: readonly LogEntry[] = entriesOf(LINES);
  const nothing = () => {};
  const window = createRun(newId<ConversationId>(), {
    self: ME,
    type: "direct",
    lifetime: { first: () => 1, mayBeGone: () => false, begin: nothing },
    firstSeq: () => 1,
    lastSeq: () => all.length,
    read: () => 0,
    unsent: () => items,
    ofOthers: () => SEEN,
    onEntries: nothing,
    onGone: nothing,
    onChange: nothing,
    onAlert: nothing,
    beyond: () => all.slice(3),
  } as unknown as RunDeps);
  await window.log.adopt(all.slice(0, 2));
  return window;
}

test("a window in the past shows its messages, and of threads also what is newer or unsent", async () => {
  const answer = unsent(words("on its way", { thread: ref(1) }));
  const failed = unsent(words("failed", { thread: ref(1) }), { failure: "too-large" as never });
  const window = await openWindow([answer, unsent(words("elsewhere")), failed]);
  const [root, ...others] = window.messages();
  expect(root?.replies?.count).toBe(1);
  expect(others.map(textOf)).toEqual(["after it", "newer answer", "on its way", "failed"]);
  expect(others.map(({ thread }) => thread?.seq)).toEqual([undefined, 1, 1, 1]);
  expect(window.messages()).toBe(window.messages());
});
