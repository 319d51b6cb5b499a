import type { AccountId, ConversationId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { AppError, ERRORS, type ErrorCode } from "../../protocol/errors.ts";
import { decodePage, decodeStoredMessage, type StoredMessage } from "../../protocol/frames.ts";
import { conversationsAnswer } from "../../protocol/http/conversations.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { shorterRetention } from "../../protocol/retention.ts";
import type { RunningParts } from "../account/parts.ts";
import { headerOf } from "../conversation/header-of.ts";
import { IdentityChangedError } from "../identities.ts";
import type { SearchProgress } from "../model-search.ts";
import type { Coverage } from "./outline.ts";
import { readItems } from "./read-items.ts";
import type { SearchIndex } from "./search-index.ts";

const RETRY_MS = 10_000;
/** How late a message leaves the index whose time is over. */
const EXPIRY_MS = 15_000;

export type BuilderParts = Pick<RunningParts, "api" | "book" | "clock" | "platform" | "store">;

/** What is known of a conversation from the server. */
interface Head {
  lastSeq: number;
  /** Earlier ones are not for this person, or are gone. */
  firstSeq: number;
  /** Of its newest message, or of its beginning. */
  readonly activeAt: number;
}

/**
 * Reads what this browser can open into the index: what is new first, then back in time, the conversation with
 * the newest unread page first. One page after the other, whenever the page that people look at is idle.
 */
export function createBuilder({ api, book, clock, platform, store }: BuilderParts, index: SearchIndex) {
  const heads = new Map<ConversationId, Head>();
  const covered = new Map<ConversationId, Coverage>();
  /** Its chain of records is not accepted here, until it changes. */
  const refused = new Set<ConversationId>();
  /** Messages there may be opened by now. */
  const retries = new Map<ConversationId, Set<number>>();
  const forgotten = new Set<AccountId>();
  let arrivals: StoredMessage[] = [];
  let isListDue = true;
  let listed = store.get().conversations?.length;
  let expiredAt = 0;
  /** Where messages begin by now, as the conversations say before the index has looked at the time. */
  const begun = new Map<ConversationId, number>();
  /** One tab of a browser reads; the others only count. */
  let running = false;
  let stopped = false;
  let wake = () => {};

  async function look(): Promise<void> {
    isListDue = false;
    const { conversations } = await api.get("/api/conversations", conversationsAnswer);
    const known = new Set(conversations.map(({ id }) => id));
    for (const id of [...heads.keys()]) if (!known.has(id)) drop(id);
    await index.keepOnly([...known]);
    for (const { id, lastSeq, firstSeq, newest, createdAt } of conversations) {
      const activeAt = newest ? decodeStoredMessage(newest).storedAt : createdAt;
      heads.set(id, { lastSeq: Math.max(heads.get(id)?.lastSeq ?? 0, lastSeq), firstSeq, activeAt });
      await index.expire(id, { seq: firstSeq, at: 0 });
    }
  }

  function drop(conversation: ConversationId): void {
    heads.delete(conversation);
    covered.delete(conversation);
    retries.delete(conversation);
    refused.delete(conversation);
  }

  async function include(
    conversation: ConversationId,
    messages: readonly StoredMessage[],
    range: { from: number; upTo: number; whole: boolean },
  ): Promise<void> {
    const items = await readItems(book, conversation, messages);
    if (stopped || !heads.has(conversation)) return;
    const coverage = await index.include(conversation, { ...range, items });
    covered.set(conversation, coverage);
    const retry = retries.get(conversation);
    for (const { seq } of messages) retry?.delete(seq);
  }

  async function fetchPage(conversation: ConversationId, query: string): Promise<StoredMessage[]> {
    const page = decodePage(await api.getBytes(`/api/conversations/${conversation}/messages?${query}`));
    return page.sort((a, b) => a.seq - b.seq);
  }

  async function readAfter(conversation: ConversationId, upTo: number, head: Head): Promise<void> {
    const page = await fetchPage(conversation, `after=${upTo}`);
    // Where nothing comes, what there was is gone.
    const last = page.at(-1)?.seq ?? head.lastSeq;
    await include(conversation, page, { from: upTo + 1, upTo: last, whole: false });
  }

  async function readBefore(conversation: ConversationId, before: number): Promise<void> {
    const page = await fetchPage(conversation, `before=${before}`);
    const first = page[0]?.seq ?? before;
    const whole = page.length < LIMITS.historyPage || first <= (heads.get(conversation)?.firstSeq ?? 1);
    await include(conversation, page, { from: first, upTo: before - 1, whole });
  }

  async function readAgain(conversation: ConversationId, seqs: Set<number>): Promise<void> {
    const last = Math.max(...seqs);
    const page = await fetchPage(conversation, `before=${last + 1}`);
    const first = page[0]?.seq ?? last;
    await include(conversation, page, { from: first, upTo: last, whole: false });
    for (const seq of [...seqs]) if (seq >= first) seqs.delete(seq);
    if (seqs.size === 0) retries.delete(conversation);
  }

  /** Those of one conversation that adjoin; a gap is fetched like everything that was missed. */
  async function takeArrivals(): Promise<void> {
    const conversation = arrivals.map(headerOf).find((header) => header)?.conversation;
    const theirs = arrivals.filter((message) => headerOf(message)?.conversation === conversation);
    arrivals = arrivals.filter((message) => headerOf(message)?.conversation !== conversation);
    const head = conversation && heads.get(conversation);
    if (!head) {
      isListDue = true;
      return;
    }
    const upTo = covered.get(conversation)?.upTo ?? 0;
    const run = theirs
      .toSorted((a, b) => a.seq - b.seq)
      .filter(({ seq }, i, all) => seq > upTo && seq !== all[i - 1]?.seq)
      .filter(({ seq }, i) => seq === upTo + 1 + i);
    head.lastSeq = Math.max(head.lastSeq, ...theirs.map(({ seq }) => seq));
    const last = run.at(-1)?.seq;
    if (upTo > 0 && last) await include(conversation, run, { from: upTo + 1, upTo: last, whole: false });
  }

  async function expire(): Promise<void> {
    expiredAt = platform.now();
    for (const conversation of covered.keys()) {
      if (refused.has(conversation)) continue;
      const seconds = await book.require(conversation).then(
        ({ state }) => shorterRetention(state.policy.retentionSeconds, clock.longestRetention()),
        // It is refused when it is next read.
        () => 0,
      );
      if (seconds > 0) await index.expire(conversation, { seq: 0, at: clock.now() - seconds * 1000 });
    }
  }

  async function takeBegun(): Promise<void> {
    for (const [conversation, seq] of [...begun]) {
      begun.delete(conversation);
      await index.expire(conversation, { seq, at: 0 });
    }
  }

  /** A conversation that is new or was left, an account that was deleted. */
  function followStore(): void {
    const { conversations } = store.get();
    if (conversations && conversations.length !== listed) {
      listed = conversations.length;
      isListDue = true;
      wake();
    }
    forgetPeople().catch(() => {});
  }

  async function forgetPeople(): Promise<void> {
    const gone = [...store.get().people.values()].filter(({ id, deleted }) => deleted && !forgotten.has(id));
    for (const { id } of gone) forgotten.add(id);
    if (gone.length > 0) await index.forget(gone.map(({ id }) => id));
  }

  /** The most urgent thing to do, and in which conversation; null when all is done. */
  function next(): { conversation: ConversationId | null; work: () => Promise<void> } | null {
    if (begun.size > 0) return { conversation: null, work: takeBegun };
    if (isListDue) return { conversation: null, work: look };
    if (arrivals.length > 0) {
      const conversation = arrivals.map(headerOf).find((header) => header)?.conversation ?? null;
      return { conversation, work: takeArrivals };
    }
    if (platform.now() - expiredAt > EXPIRY_MS) return { conversation: null, work: expire };
    let oldest: { conversation: ConversationId; before: number; at: number } | null = null;
    for (const [conversation, head] of heads) {
      if (refused.has(conversation) || head.lastSeq === 0) continue;
      const { from, upTo, whole, oldestAt } = covered.get(conversation) ?? NOTHING;
      if (upTo > 0 && upTo < head.lastSeq)
        return { conversation, work: () => readAfter(conversation, upTo, head) };
      const retry = retries.get(conversation);
      if (retry) return { conversation, work: () => readAgain(conversation, retry) };
      const at = upTo > 0 ? oldestAt : head.activeAt;
      if (!whole && (!oldest || at > oldest.at))
        oldest = { conversation, before: upTo > 0 ? from : head.lastSeq + 1, at };
    }
    if (!oldest) return null;
    const { conversation, before } = oldest;
    return { conversation, work: () => readBefore(conversation, before) };
  }

  function retry(conversation: ConversationId): void {
    refused.delete(conversation);
    const waiting = covered.get(conversation)?.waiting ?? [];
    if (waiting.length > 0) retries.set(conversation, new Set(waiting));
  }

  /** Until somebody has news, or a while. */
  function rest(ms: number): Promise<void> {
    if (stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        forget();
        wake = () => {};
        resolve();
      };
      const timer = setTimeout(done, ms);
      const forget = platform.onConnectivity({ wake: done });
      wake = done;
    });
  }

  async function step(): Promise<void> {
    const due = next();
    if (!due) {
      await index.flush();
      // Unless something came meanwhile.
      if (!next()) await rest(EXPIRY_MS);
      return;
    }
    try {
      await due.work();
    } catch (error) {
      const isRefused = error instanceof CryptoError || error instanceof IdentityChangedError;
      const isGone = error instanceof AppError && GONE.includes(error.code);
      if (due.conversation && (isRefused || isGone)) refused.add(due.conversation);
      else if (error instanceof AppError && ERRORS[error.code].retryable) await rest(RETRY_MS);
      else throw error;
    }
    await platform.breathe();
  }

  return {
    heads: () => heads,

    /** Until it is stopped. @throws AppError "unavailable" when the index cannot be kept */
    async run(): Promise<void> {
      running = true;
      const forgetStore = store.subscribe(followStore);
      try {
        for (const [conversation, coverage] of await index.coverage()) covered.set(conversation, coverage);
        for (const conversation of covered.keys()) retry(conversation);
        await forgetPeople();
        while (!stopped) await step();
      } finally {
        running = false;
        forgetStore();
      }
    },

    look,

    /** A message as it arrives, its own as it is stored. */
    arrived(message: StoredMessage): void {
      const conversation = headerOf(message)?.conversation;
      const head = conversation && heads.get(conversation);
      if (head) head.lastSeq = Math.max(head.lastSeq, message.seq);
      if (!running) return;
      arrivals.push(message);
      wake();
    },

    /** Messages before this place are over. */
    expired(conversation: ConversationId, first: number): void {
      if (!running) return;
      begun.set(conversation, first);
      wake();
    },

    /** Much may have happened. */
    refresh(): void {
      isListDue = true;
      refused.clear();
      wake();
    },

    /** Records or keys of a conversation may have changed. */
    retry(conversation: ConversationId): void {
      retry(conversation);
      wake();
    },

    stop(): void {
      stopped = true;
      wake();
    },
  };
}

/** Until the list is another one, which every `ready` has looked at. */
const GONE: readonly ErrorCode[] = ["not-found", "room-refused"];
const NOTHING = { from: 0, upTo: 0, whole: false, oldestAt: 0 };

export function progressOf(
  heads: ReadonlyMap<ConversationId, Pick<Head, "firstSeq" | "lastSeq">>,
  covered: ReadonlyMap<ConversationId, Coverage>,
): SearchProgress {
  let [done, total] = [0, 0];
  for (const [conversation, { firstSeq, lastSeq }] of heads) {
    const { from, upTo } = covered.get(conversation) ?? NOTHING;
    total += Math.max(0, lastSeq - firstSeq + 1);
    if (upTo > 0) done += Math.max(0, Math.min(upTo, lastSeq) - Math.max(from, firstSeq) + 1);
  }
  return { done, total };
}
