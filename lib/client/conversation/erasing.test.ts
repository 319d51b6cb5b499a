import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AccountId, ConversationId } from "../../base/ids.ts";
import { AppError } from "../../protocol/errors.ts";
import { createErasing } from "./erasing.ts";
import type { LogEntry } from "./message-log.ts";

const [alice, bob, carol] = ["alice", "bob", "carol"] as unknown as AccountId[];
const room = "room" as ConversationId;

let asked: number[][];
let failure: unknown;

function erasingFor(self: AccountId | undefined) {
  const send = async (_method: string, _path: string, body: { messages: number[] }) => {
    asked.push(body.messages);
    if (failure) throw failure;
  };
  return createErasing(room, self as AccountId, { send } as never);
}

const entry = (seq: number, sender: AccountId | undefined) => ({ sender, stored: { seq } }) as LogEntry;

beforeEach(() => {
  asked = [];
  failure = null;
});

describe("what is covered by a deletion", () => {
  /** Alice wrote 1 and changed it by 2; Bob and Carol reacted by 3 and 4. */
  const entries = [entry(1, alice), entry(2, alice), entry(3, bob), entry(4, carol)];
  const gone = (by: AccountId | undefined) => [{ by: by as AccountId, author: alice as AccountId, entries }];

  it.each([
    ["its author, who deleted it", alice, alice, [1, 2]],
    ["somebody who reacted to it", bob, alice, [3]],
    ["the moderator who deleted it, with a reaction of one's own", bob, bob, [1, 2, 3]],
    ["somebody who reacted to what a moderator deleted", carol, bob, [4]],
  ])("is erased by %s", async (_, self, by, expected) => {
    erasingFor(self).begin(gone(by));
    await vi.waitFor(() => expect(asked).toEqual([expected]));
  });

  it("is not erased by its author before the moderator did, whose act would then be in no journal", async () => {
    const erasing = erasingFor(alice);
    erasing.begin(gone(bob));
    await erasing.finish({ type: "delete", target: { seq: 9 } } as never, () => alice);
    expect(asked).toEqual([[9]]);
  });
});

describe("what is to be erased", () => {
  const deletion = { type: "delete", target: { seq: 5 } } as never;

  it("is asked for again after a failure, with what came since", async () => {
    const erasing = erasingFor(alice);
    failure = new AppError("offline", "");
    await expect(erasing.finish(deletion, () => alice)).rejects.toMatchObject({ code: "offline" });
    failure = null;
    await erasing.finish({ type: "delete", target: { seq: 6 } } as never, () => alice);
    expect(asked).toEqual([[5], [5, 6]]);
    await erasing.finish(deletion, () => alice);
    expect(asked).toHaveLength(2);
  });

  it("is done with where nothing of it is there any more", async () => {
    const erasing = erasingFor(alice);
    failure = new AppError("not-found", "");
    await erasing.finish(deletion, () => alice);
    await erasing.finish(deletion, () => alice);
    expect(asked).toEqual([[5]]);
  });
});
