import type { Bytes } from "../lib/base/bytes.ts";
import { type AccountId, type ConversationId, newId } from "../lib/base/ids.ts";
import type { SearchQuery } from "../lib/client/model-search.ts";
import type { Item } from "../lib/client/search/items.ts";
import { createSearchIndex } from "../lib/client/search/search-index.ts";
import { OUTLINE, type SearchStore } from "../lib/client/search/search-store.ts";
import { createMemorySearchStore } from "../lib/client/search/testing/memory-store.ts";
import { newSecretKey, type SearchSecret } from "../lib/crypto/keys.ts";
import { newLocalKey } from "../lib/crypto/local-key.ts";
import { deriveSearchKey, openSearchPart, sealSearchPart } from "../lib/crypto/search-key.ts";

/**
 * Prints what the search index costs, in processor time, which on a quiet machine is what one waits for:
 * `npm run bench:search -- [messages] [conversations]`. Sealed as in a browser, kept in memory.
 */

const MESSAGES = Number(process.argv[2] ?? 100_000);
const CONVERSATIONS = Number(process.argv[3] ?? 40);
const PAGE = 50;
const QUERIES = [
  "réunion",
  "facture équipe",
  '"demain matin"',
  "xylophon",
  "projet 4711",
  "a",
  "東京",
  "nirgendwo",
];

const WORDS = (
  "le la les un une des et est dans pour que qui sur avec pas nous vous demain matin réunion équipe facture projet " +
  "client serveur message question réponse bureau semaine budget design œuvre école the and for that with this you " +
  "have from will can meeting tomorrow morning invoice team server please thanks review release ticket customer plan"
).split(" ");

let state = 42;
/** The same every time (mulberry32). */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

/** Common words often, rare ones seldom, and here and there a number. */
function sentence(): string {
  const words = Array.from({ length: 4 + Math.floor(random() * 20) }, () => {
    if (random() < 0.03) return String(Math.floor(random() * 10_000));
    return WORDS[Math.floor(random() ** 2 * WORDS.length)] ?? "";
  });
  if (random() < 0.0002) words.push("xylophone");
  if (random() < 0.001) words.push("東京で会いましょう");
  return words.join(" ");
}

const account = newId<AccountId>();
const people = Array.from({ length: 30 }, () => newId<AccountId>());
const conversations = Array.from({ length: CONVERSATIONS }, () => newId<ConversationId>());
const key = await deriveSearchKey(await newLocalKey(), newSecretKey<SearchSecret>(), account);

function sealed(parts: Map<string, Bytes>): SearchStore {
  const inner = createMemorySearchStore(parts);
  const partOf = (conversation: ConversationId, part: number) => ({
    account,
    conversation,
    number: part - OUTLINE,
  });
  return {
    ...inner,
    async outlines() {
      const found = new Map<ConversationId, Bytes>();
      for (const [conversation, bytes] of await inner.outlines()) {
        const opened = await openSearchPart(key, partOf(conversation, OUTLINE), bytes);
        if (opened) found.set(conversation, opened);
      }
      return found;
    },
    async read(conversation, part) {
      const bytes = await inner.read(conversation, part);
      return bytes && openSearchPart(key, partOf(conversation, part), bytes);
    },
    async write(writes) {
      const all = writes.map(async (write) => ({
        ...write,
        bytes:
          write.bytes && (await sealSearchPart(key, partOf(write.conversation, write.part), write.bytes)),
      }));
      await inner.write(await Promise.all(all));
    },
  };
}

/** Milliseconds of processor time so far. */
const clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const row = (what: string, figure: string) =>
  process.stdout.write(`${what.padEnd(48)} ${figure.padStart(16)}\n`);
const milliseconds = (ms: number) => `${ms.toFixed(1)} ms`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

const parts = new Map<string, Bytes>();
const builder = createSearchIndex(sealed(parts));
const perConversation = Math.ceil(MESSAGES / CONVERSATIONS);
const lists = conversations.map((_, place) =>
  Array.from({ length: perConversation }, (_, i): Item => {
    const sender = people[Math.floor(random() * people.length)] as AccountId;
    return {
      kind: "said",
      seq: i + 1,
      at: 1 + i * CONVERSATIONS + place,
      files: "",
      sender,
      thread: 0,
      text: sentence(),
    };
  }),
);
const characters = lists.flat().reduce((sum, item) => sum + (item.kind === "said" ? item.text.length : 0), 0);

const began = clock();
// As it is read: the newest page of each conversation, then the one before.
for (let upTo = perConversation; upTo > 0; upTo -= PAGE) {
  for (const [place, conversation] of conversations.entries()) {
    const from = Math.max(1, upTo - PAGE + 1);
    const items = lists[place]?.slice(from - 1, upTo) ?? [];
    await builder.include(conversation, { from, upTo, whole: from === 1, items });
  }
}
await builder.flush();
row(
  `${MESSAGES} messages of ${Math.round(characters / MESSAGES)} characters, taken in`,
  milliseconds(clock() - began),
);
row("sealed, on the disk", megabytes([...parts.values()].reduce((sum, bytes) => sum + bytes.length, 0)));

const ask = async (
  index: ReturnType<typeof createSearchIndex>,
  text: string,
): Promise<[ms: number, hits: number]> => {
  const query: SearchQuery = {
    text,
    conversation: null,
    sender: null,
    from: null,
    before: null,
    hasLink: false,
    hasFile: false,
  };
  const start = clock();
  const { hits } = await index.find(query);
  return [clock() - start, hits.length];
};

const index = createSearchIndex(sealed(parts));
const before = process.memoryUsage().heapUsed;
row("first question after a start, of a common word", milliseconds((await ask(index, "réunion"))[0]));
row("first one that must look at everything", milliseconds((await ask(index, "nirgendwo"))[0]));
global.gc?.();
row("in memory after that (with --expose-gc)", megabytes(process.memoryUsage().heapUsed - before));

for (const text of QUERIES) {
  const times: number[] = [];
  let hits = 0;
  // Letter by letter, as it is typed.
  for (let end = 1; end <= text.length; end++) {
    const [ms, found] = await ask(index, text.slice(0, end));
    times.push(ms);
    hits = found;
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  row(
    `typing ${text} (${hits} found): median, worst`,
    `${median.toFixed(1)}, ${milliseconds(times.at(-1) ?? 0)}`,
  );
}
