import type { AccountId, ConversationId } from "../../base/ids.ts";
import type { SearchHit, SearchQuery, SearchResults } from "../model-search.ts";
import {
  BLOCK_MESSAGES,
  blockOf,
  decodeBlock,
  encodeBlock,
  type Row,
  searchBlock,
  wordsOf,
} from "./block.ts";
import { createBlockCache, foldedBlock, type OpenBlock } from "./block-cache.ts";
import { makeExcerpt } from "./excerpt.ts";
import type { Run } from "./items.ts";
import { mergeRun, type RowChange } from "./merge-run.ts";
import {
  type BlockOutline,
  type Coverage,
  decodeOutline,
  EMPTY,
  encodeOutline,
  type Outline,
} from "./outline.ts";
import { OUTLINE, type SearchStore, type SearchWrite } from "./search-store.ts";
import { parseTerms } from "./terms.ts";

const HITS = 50;
/** Blocks that are read at once. */
const AT_ONCE = 8;
/** Messages that are taken in before they are written; what is lost with the tab is read again. */
const UNWRITTEN = 500;

/** Runs beside the page, in a worker. */
export interface SearchIndex {
  coverage(): Promise<ReadonlyMap<ConversationId, Coverage>>;
  /** Takes in a run that adjoins what is covered or lies in it; any other is passed over. */
  include(conversation: ConversationId, run: Run): Promise<Coverage>;
  /** Messages before this number or this time are gone. */
  expire(conversation: ConversationId, before: { readonly seq: number; readonly at: number }): Promise<void>;
  /** Whatever these people wrote is gone. */
  forget(people: readonly AccountId[]): Promise<void>;
  /** Every other conversation is gone. */
  keepOnly(conversations: readonly ConversationId[]): Promise<void>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
  /**
   * @param without whose messages are left out, unless it is them who are asked for
   * @returns what was found so far when another search overtakes this one
   */
  find(query: SearchQuery, without?: readonly AccountId[]): Promise<SearchResults>;
}

/** One that can be put away, whatever it is about. */
export interface RunningIndex extends SearchIndex {
  stop(): void;
}

interface Candidate extends BlockOutline {
  readonly conversation: ConversationId;
}

export function createSearchIndex(store: SearchStore, cache = createBlockCache()): SearchIndex {
  let outlines: Promise<Map<ConversationId, Outline>> | null = null;
  const stale = new Set<ConversationId>();
  const unwrittenOutlines = new Set<ConversationId>();
  let unwritten = 0;
  let queue: Promise<unknown> = Promise.resolve();
  let searches = 0;

  store.onChange((conversation) => {
    stale.add(conversation);
  });

  async function readOutlines(): Promise<Map<ConversationId, Outline>> {
    const sealed = await store.outlines();
    return new Map([...sealed].map(([conversation, bytes]) => [conversation, decodeOutline(bytes)]));
  }

  async function requireOutlines(): Promise<Map<ConversationId, Outline>> {
    outlines ??= readOutlines().catch((error: unknown) => {
      outlines = null;
      throw error;
    });
    const known = await outlines;
    for (const conversation of [...stale]) {
      stale.delete(conversation);
      if (unwrittenOutlines.has(conversation)) continue;
      cache.forget(`${conversation} `);
      const bytes = await store.read(conversation, OUTLINE);
      if (bytes) known.set(conversation, decodeOutline(bytes));
      else known.delete(conversation);
    }
    return known;
  }

  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => {});
    return result;
  }

  async function openBlock(conversation: ConversationId, number: number): Promise<OpenBlock> {
    const name = nameOf(conversation, number);
    const known = cache.find(name);
    if (known) return known;
    const bytes = await store.read(conversation, number);
    // Somebody may have been as quick, and has changed it since.
    return (
      cache.find(name) ?? cache.put(name, new Map(bytes && decodeBlock(bytes).map((row) => [row.seq, row])))
    );
  }

  /** @returns the outlines of the blocks as they are now */
  async function change(conversation: ConversationId, { blocks }: Outline, rows: readonly RowChange[]) {
    const numbers = new Set(rows.map(({ seq }) => blockOf(seq)));
    const after = new Map(blocks.map((block) => [block.number, block]));
    for (const number of numbers) {
      const next = new Map((await openBlock(conversation, number)).rows);
      for (const { seq, row } of rows) {
        if (blockOf(seq) !== number) continue;
        if (row) next.set(seq, row);
        else next.delete(seq);
      }
      const name = nameOf(conversation, number);
      cache.unwritten.add(name);
      cache.put(name, next);
      if (next.size > 0) after.set(number, describe(number, next));
      else after.delete(number);
    }
    unwritten += rows.length;
    return [...after.values()];
  }

  async function save(conversation: ConversationId, outline: Outline): Promise<void> {
    (await requireOutlines()).set(conversation, outline);
    unwrittenOutlines.add(conversation);
  }

  async function flush(): Promise<void> {
    const known = await requireOutlines();
    const writes: SearchWrite[] = [];
    for (const name of cache.unwritten) {
      const [conversation, number] = name.split(" ") as [ConversationId, string];
      const rows = [...(cache.find(name)?.rows.values() ?? [])].sort((a, b) => a.seq - b.seq);
      writes.push({ conversation, part: Number(number), bytes: rows.length > 0 ? encodeBlock(rows) : null });
    }
    for (const conversation of unwrittenOutlines)
      writes.push({ conversation, part: OUTLINE, bytes: encodeOutline(known.get(conversation) ?? EMPTY) });
    await store.write(writes);
    cache.unwritten.clear();
    unwrittenOutlines.clear();
    unwritten = 0;
  }

  /** Of one conversation, whatever `isGone` says of a row, without reading blocks of which it says so as a whole. */
  async function remove(
    conversation: ConversationId,
    outline: Outline,
    concerns: (block: BlockOutline) => boolean,
    isGone: (row: Row) => boolean,
  ): Promise<Outline> {
    const rows: RowChange[] = [];
    for (const { number } of outline.blocks.filter(concerns))
      for (const row of (await openBlock(conversation, number)).rows.values())
        if (isGone(row)) rows.push({ seq: row.seq, row: null });
    return { ...outline, blocks: await change(conversation, outline, rows) };
  }

  async function candidates(query: SearchQuery): Promise<Candidate[]> {
    const { conversation: only, from, before } = query;
    const all: Candidate[] = [];
    for (const [conversation, { blocks }] of await requireOutlines()) {
      if (only !== null && conversation !== only) continue;
      for (const block of blocks) {
        if (from !== null && block.newestAt < from) continue;
        if (before !== null && block.oldestAt >= before) continue;
        all.push({ ...block, conversation });
      }
    }
    return all.sort((a, b) => b.newestAt - a.newestAt);
  }

  return {
    coverage: () =>
      inOrder(async () => {
        const known = await requireOutlines();
        return new Map([...known].map(([conversation, outline]) => [conversation, coverageOf(outline)]));
      }),

    include: (conversation, run) =>
      inOrder(async () => {
        const before = (await requireOutlines()).get(conversation) ?? EMPTY;
        const find = async (seq: number) =>
          (await openBlock(conversation, blockOf(seq))).rows.get(seq) ?? null;
        const merged = await mergeRun(before, run, find);
        if (!merged) return coverageOf(before);
        const blocks = await change(conversation, before, merged.rows);
        const after = { ...before, ...merged.outline, blocks };
        await save(conversation, after);
        if (merged.isGone || unwritten >= UNWRITTEN) await flush();
        return coverageOf(after);
      }),

    expire: (conversation, { seq, at }) =>
      inOrder(async () => {
        const outline = (await requireOutlines()).get(conversation);
        const isOld = (row: { seq: number; at: number }) => row.seq < seq || row.at < at;
        if (!outline) return;
        const first = (block: BlockOutline) => Math.max(block.number * BLOCK_MESSAGES, outline.from);
        const concerns = (block: BlockOutline) => first(block) < seq || block.oldestAt < at;
        if (
          !(
            outline.blocks.some(concerns) ||
            outline.remarks.some((remark) => isOld(remark) || remark.target < seq)
          )
        )
          return;
        const after = await remove(conversation, outline, concerns, isOld);
        // What is said about a message goes with it.
        const remarks = outline.remarks.filter((remark) => !isOld(remark) && remark.target >= seq);
        await save(conversation, { ...after, remarks });
        await flush();
      }),

    forget: (people) =>
      inOrder(async () => {
        for (const [conversation, outline] of [...(await requireOutlines())]) {
          const gone = people.filter((person) => !outline.forgotten.includes(person));
          if (gone.length === 0) continue;
          const isTheirs = ({ sender }: { sender: AccountId }) => gone.includes(sender);
          const after = await remove(conversation, outline, () => true, isTheirs);
          const remarks = outline.remarks.filter((remark) => !isTheirs(remark));
          await save(conversation, { ...after, remarks, forgotten: [...outline.forgotten, ...gone] });
        }
        await flush();
      }),

    keepOnly: (conversations) =>
      inOrder(async () => {
        const known = await requireOutlines();
        const gone = [...known.keys()].filter((conversation) => !conversations.includes(conversation));
        for (const conversation of gone) {
          known.delete(conversation);
          unwrittenOutlines.delete(conversation);
          cache.forget(`${conversation} `);
        }
        if (gone.length > 0) await store.drop(gone);
      }),

    flush: () =>
      inOrder(async () => (cache.unwritten.size + unwrittenOutlines.size > 0 ? flush() : undefined)),

    async find(query, without = []) {
      searches += 1;
      const search = searches;
      const terms = parseTerms(query.text);
      const filter = { ...query, without };
      const found: { conversation: ConversationId; row: Row }[] = [];
      const waiting = await candidates(query);
      const isEnough = () => found.length > HITS && (found[HITS]?.row.at ?? 0) >= (waiting[0]?.newestAt ?? 0);
      while (waiting.length > 0 && search === searches && !isEnough()) {
        const some = waiting.splice(0, AT_ONCE);
        const opened = await Promise.all(some.map((block) => openBlock(block.conversation, block.number)));
        for (const [i, block] of opened.entries()) {
          const { conversation } = some[i] as Candidate;
          // Of a block that is full of what is looked for, its newest are enough.
          const rows = searchBlock(foldedBlock(block), terms, filter).slice(-HITS - 1);
          found.push(...rows.map((row) => ({ conversation, row })));
        }
        found.sort((a, b) => b.row.at - a.row.at || b.row.seq - a.row.seq);
      }
      const hits = found.slice(0, HITS).map(
        ({ conversation, row: { seq, sender, at, thread, text, files } }): SearchHit => ({
          conversation,
          seq,
          sender,
          at,
          thread,
          excerpt: makeExcerpt(wordsOf({ text, files }), terms),
        }),
      );
      return { hits, more: found.length > HITS };
    },
  };
}

function nameOf(conversation: ConversationId, number: number): string {
  return `${conversation} ${number}`;
}

function coverageOf({ from, upTo, whole, oldestAt, waiting }: Outline): Coverage {
  return { from, upTo, whole, oldestAt, waiting };
}

function describe(number: number, rows: ReadonlyMap<number, Row>): BlockOutline {
  let [oldestAt, newestAt] = [Number.POSITIVE_INFINITY, 0];
  for (const { at } of rows.values()) {
    oldestAt = Math.min(oldestAt, at);
    newestAt = Math.max(newestAt, at);
  }
  return { number, messages: rows.size, oldestAt, newestAt };
}
