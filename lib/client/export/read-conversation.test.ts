import { expect, test } from "vitest";
import type { Bytes } from "../../base/bytes.ts";
import { type ConversationId, newId } from "../../base/ids.ts";
import { envelopeHash } from "../../crypto/transcript.ts";
import { encodePage } from "../../protocol/frames.ts";
import { readConversation } from "./read-conversation.ts";

const CONVERSATION = newId<ConversationId>();
const envelope = (seq: number): Bytes => new Uint8Array(400).fill(seq);
const deps = {
  book: {} as never,
  fetchBytes: async (path: string) => {
    const after = Number(/after=(\d+)$/.exec(path)?.[1]);
    const from = Math.max(after, gone) + 1;
    const seqs = [from, from + 1, from + 2].filter((seq) => seq <= 10);
    return encodePage(seqs.map((seq) => ({ seq, storedAt: seq, envelope: envelope(seq) })));
  },
};
/** Up to where messages have disappeared. */
let gone = 0;

async function read(lastSeq: number, after?: number, longestRetention = 0): Promise<number[][]> {
  const pages: number[][] = [];
  for await (const page of readConversation(
    { ...deps, longestRetention },
    CONVERSATION,
    null,
    lastSeq,
    after,
  )) {
    pages.push(page.map(({ stored }) => stored.seq));
    for (const { stored, hash, mismatch } of page) {
      expect(hash).toEqual(await envelopeHash(stored.envelope));
      expect(mismatch).toBe(false);
    }
  }
  return pages;
}

test("reads all of a conversation, or what follows a place, and stops where it is told", async () => {
  expect(await read(7)).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  expect(await read(10, 6)).toEqual([[7, 8, 9], [10]]);
  expect(await read(6, 6)).toEqual([]);
});

test("goes on after what has disappeared meanwhile, where messages do", async () => {
  gone = 5;
  expect(await read(8, 2, 3_600)).toEqual([[6, 7, 8]]);
  expect(await read(8, 2)).toEqual([]);
  expect(await read(4, 2, 3_600)).toEqual([]);
});
