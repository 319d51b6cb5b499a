import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromUtf8 } from "../../base/bytes.ts";
import { type AccountId, type ConversationId, newId } from "../../base/ids.ts";
import type { SearchQuery } from "../model-search.ts";
import { createBlockCache } from "./block-cache.ts";
import type { Item, Run } from "./items.ts";
import { createSearchIndex, type SearchIndex } from "./search-index.ts";
import { createMemorySearchStore } from "./testing/memory-store.ts";

const [room, other] = [newId<ConversationId>(1), newId<ConversationId>(2)];
const [alice, bob] = [newId<AccountId>(3), newId<AccountId>(4)];
const ANY: SearchQuery = {
  text: "",
  conversation: null,
  sender: null,
  from: null,
  before: null,
  hasLink: false,
  hasFile: false,
};

const said = (seq: number, text: string, sender = alice, at = seq): Item => ({
  kind: "said",
  seq,
  at,
  sender,
  thread: 0,
  text,
  files: "",
});
const edit = (seq: number, target: number, text: string, sender = alice): Item => ({
  kind: "edit",
  seq,
  at: seq,
  sender,
  target,
  text,
});
const remove = (seq: number, target: number, sender = alice, moderates = false): Item => ({
  kind: "delete",
  seq,
  at: seq,
  sender,
  target,
  moderates,
});
const run = (items: readonly Item[], whole = false): Run => ({
  from: items[0]?.seq ?? 0,
  upTo: items.at(-1)?.seq ?? 0,
  whole,
  items,
});

async function found(index: SearchIndex, text: string, query: Partial<SearchQuery> = {}): Promise<number[]> {
  return (await index.find({ ...ANY, text, ...query })).hits.map(({ seq }) => seq);
}

const textsIn = (store: ReturnType<typeof createMemorySearchStore>) =>
  [...store.parts.values()].map((bytes) => fromUtf8(bytes)).join("\n");

describe("the search index", () => {
  it("finds the newest first, across conversations, and says where there is more", async () => {
    const index = createSearchIndex(createMemorySearchStore());
    await index.include(room, run(Array.from({ length: 600 }, (_, i) => said(i + 1, "tea", alice, i * 2))));
    await index.include(other, run([said(1, "tea", bob, 801), said(2, "tea", bob, 5_000)]));
    const { hits, more } = await index.find({ ...ANY, text: "tea" });
    expect(hits[0]).toMatchObject({ conversation: other, seq: 2, sender: bob });
    expect(hits.slice(1).map(({ seq }) => seq)).toEqual(Array.from({ length: 49 }, (_, i) => 600 - i));
    expect(more).toBe(true);
    expect(await found(index, "tea", { conversation: other })).toEqual([2, 1]);
    expect(await found(index, "tea", { before: 2, conversation: room })).toEqual([1]);
  });

  it("reads messages by what was said about them, in whatever order it comes", async () => {
    const index = createSearchIndex(createMemorySearchStore());
    await index.include(room, run([edit(7, 2, "coffee, strong"), remove(8, 3)]));
    await index.include(room, run([edit(4, 2, "coffee"), said(5, "water"), said(6, "juice", bob)]));
    await index.include(room, run([said(1, "milk"), said(2, "tea"), said(3, "wine")], true));
    await index.include(room, run([remove(9, 5, bob), edit(10, 6, "lemonade"), remove(11, 1, bob, true)]));
    expect(await found(index, "")).toEqual([6, 5, 2]);
    expect(await found(index, "strong")).toEqual([2]);
    expect(await found(index, "tea")).toEqual([]);
    expect(await found(index, "juice")).toEqual([6]);
  });

  it("is as if everything had come in order", async () => {
    const sender = fc.constantFrom(alice, bob);
    const item = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant("said" as const), sender, text: fc.constantFrom("x", "y") }),
      },
      fc.record({
        kind: fc.constantFrom("edit" as const, "delete" as const),
        sender,
        back: fc.integer({ min: 1, max: 6 }),
        text: fc.constantFrom("x", "z"),
        moderates: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { minLength: 1, maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 5 })),
        fc.nat(),
        async (list, sizes, start) => {
          const items = list.map((each, i): Item => {
            const place = { seq: i + 1, at: i + 1 };
            if (each.kind === "said") return { ...place, thread: 0, files: "", ...each };
            return { ...place, ...each, target: i + 1 - each.back } as Item;
          });
          const texts = new Map<number, { sender: AccountId; text: string }>();
          for (const each of items) {
            if (each.kind === "said") texts.set(each.seq, each);
            if (each.kind !== "edit" && each.kind !== "delete") continue;
            const about = texts.get(each.target);
            if (!about) continue;
            const isOwn = about.sender === each.sender;
            if (each.kind === "edit" && isOwn) texts.set(each.target, { ...about, text: each.text });
            if (each.kind === "delete" && (isOwn || each.moderates)) texts.delete(each.target);
          }

          const store = createMemorySearchStore();
          let index = createSearchIndex(store);
          let [from, upTo] = [(start % items.length) + 1, start % items.length];
          for (let turn = 0; from > 1 || upTo < items.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 3;
            const back = from > 1 && (upTo === items.length || turn % 2 === 0);
            const page = back
              ? items.slice(Math.max(0, from - 1 - size), from - 1)
              : items.slice(upTo, upTo + size);
            await index.include(room, run(page, page[0]?.seq === 1));
            from = Math.min(from, page[0]?.seq ?? from);
            upTo = Math.max(upTo, page.at(-1)?.seq ?? upTo);
            // As after a reload.
            if (turn % 3 === 0) {
              await index.flush();
              index = createSearchIndex(store);
            }
          }
          for (const wanted of ["x", "y", "z"]) {
            const expected = [...texts].filter(([, { text }]) => text === wanted).map(([seq]) => seq);
            expect(await found(index, wanted)).toEqual(expected.toSorted((a, b) => b - a));
          }
        },
      ),
    );
  });

  it("takes in what could not be opened once it can, with what was said about it", async () => {
    const index = createSearchIndex(createMemorySearchStore());
    const before = await index.include(
      room,
      run([said(1, "tea"), { kind: "waiting", seq: 2, at: 2 }, edit(3, 2, "milk")], true),
    );
    expect(before).toMatchObject({ from: 1, upTo: 3, waiting: [2] });
    const after = await index.include(room, run([said(1, "tea"), said(2, "water")]));
    expect(after).toMatchObject({ from: 1, upTo: 3, waiting: [] });
    expect(await found(index, "milk")).toEqual([2]);
  });

  it("says in which thread an answer stands, also after an edit", async () => {
    const index = createSearchIndex(createMemorySearchStore());
    const answer: Item = { kind: "said", seq: 2, at: 2, sender: alice, thread: 1, text: "tea", files: "" };
    await index.include(room, run([said(1, "tea?"), answer, edit(3, 2, "green tea")]));
    const { hits } = await index.find({ ...ANY, text: "tea" });
    expect(hits.map(({ seq, thread }) => [seq, thread])).toEqual([
      [2, 1],
      [1, 0],
    ]);
  });

  it("passes over a run that leaves a gap", async () => {
    const index = createSearchIndex(createMemorySearchStore());
    await index.include(room, run([said(5, "tea"), said(6, "tea")]));
    expect(await index.include(room, run([said(9, "tea")]))).toMatchObject({ from: 5, upTo: 6 });
    expect(await found(index, "tea")).toEqual([6, 5]);
  });

  it("keeps nothing of what was deleted, expired, or written by somebody who is gone", async () => {
    const store = createMemorySearchStore();
    const index = createSearchIndex(store);
    await index.include(
      room,
      run([said(1, "alpha"), said(2, "beta"), said(3, "gamma", bob), said(4, "delta")], true),
    );
    await index.include(other, run([edit(9, 8, "epsilon", bob)]));
    await index.include(room, run([remove(5, 2)]));
    expect(textsIn(store)).not.toContain("beta");
    await index.expire(room, { seq: 0, at: 2 });
    await index.expire(room, { seq: 2, at: 0 });
    expect(textsIn(store)).not.toContain("alpha");
    expect(textsIn(store)).toContain("epsilon");
    await index.forget([bob]);
    expect(textsIn(store)).not.toMatch(/gamma|epsilon/);
    expect(await found(index, "")).toEqual([4]);
    await index.keepOnly([other]);
    expect(textsIn(store)).not.toContain("delta");
    expect(await found(index, "")).toEqual([]);
  });

  it("expires whole years without losing a day", async () => {
    const store = createMemorySearchStore();
    const index = createSearchIndex(store);
    await index.include(
      room,
      run(
        Array.from({ length: 2_000 }, (_, i) => said(i + 1, `n${i + 1}`)),
        true,
      ),
    );
    await index.expire(room, { seq: 0, at: 1_100 });
    expect(await found(index, "n1099")).toEqual([]);
    expect(await found(index, '"n1100"')).toEqual([1_100]);
    expect(textsIn(store)).not.toContain('"n1099"');
  });

  it("finds just as much with room for no block in memory", async () => {
    const store = createMemorySearchStore();
    const index = createSearchIndex(store, createBlockCache(1));
    for (let from = 1; from < 3_000; from += 100)
      await index.include(room, run(Array.from({ length: 100 }, (_, i) => said(from + i, `n${from + i}`))));
    await index.flush();
    expect(await found(index, '"n17"')).toEqual([17]);
    expect(await found(index, "n300")).toEqual([3_000, 300]);
  });
});
