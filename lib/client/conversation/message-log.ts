import { equalBytes } from "../../base/bytes.ts";
import { toBase64url } from "../../base/encoding.ts";
import type { AccountId, ConversationId, MessageId } from "../../base/ids.ts";
import { oneByOne } from "../../base/one-by-one.ts";
import { envelopeHash } from "../../crypto/transcript.ts";
import { decodePage, type StoredMessage } from "../../protocol/frames.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Api } from "../api.ts";
import type { KeyBook } from "../key-book.ts";
import type { ConversationAlert } from "../model.ts";
import { headerOf } from "./header-of.ts";
import type { Lifetime } from "./lifetime.ts";
import { isWaiting, type Opened, openStored } from "./open-stored.ts";
import { createTranscript } from "./transcript.ts";

/** An opened message at its place. A replay is kept for the transcript and not shown. */
export interface LogEntry extends Opened {
  readonly id: MessageId;
  /** As the clear header says, which opening verifies; null where there is none any more. */
  readonly sender: AccountId | null;
  readonly replayed: boolean;
}

export interface MessageLogDeps {
  readonly api: Api;
  readonly book: KeyBook;
  /** Which messages there are for this person, and which are over. */
  readonly lifetime: Pick<Lifetime, "first" | "begin" | "cutoff" | "seconds" | "follow" | "mayBeGone">;
  readonly onChange: () => void;
  readonly onAlert: (alert: ConversationAlert) => void;
}

/**
 * One conversation's messages as far as they are loaded: a run of `seq` without gaps. Newer ones are appended
 * as they arrive, a gap is fetched, older pages are put in front. Operations run one after the other.
 */
export function createMessageLog(
  conversation: ConversationId,
  { api, book, lifetime, onChange, onAlert }: MessageLogDeps,
) {
  let transcript = createTranscript(conversation);
  const places = new Map<MessageId, number>();
  const sequences = new Map<string, string>();
  let entries: readonly LogEntry[] = [];
  const inOrder = oneByOne();
  /** What came while something else was under way. */
  const arrived = new Set<StoredMessage>();

  const first = () => entries[0]?.stored.seq ?? 0;
  const last = () => entries.at(-1)?.stored.seq ?? 0;

  /** @param areOldest nothing is held before them: those whose time is over are left out, and all before them */
  async function open(messages: readonly StoredMessage[], areOldest = false): Promise<LogEntry[]> {
    let keys = await book.require(conversation);
    const missing = messages.some((message) => {
      const header = headerOf(message);
      return header && keys.reader.findState(header.recordHash) === null;
    });
    if (missing) {
      book.forget(conversation);
      keys = await book.require(conversation);
    }
    lifetime.follow(keys);
    // One by one, a page of a room would be as many requests as it has writers, and as many writes of the vault.
    await keys.meet(messages.flatMap((message) => headerOf(message)?.sender ?? []));
    const over = areOldest ? messages.findLastIndex(({ storedAt }) => storedAt <= lifetime.cutoff()) : -1;
    lifetime.begin((messages[over]?.seq ?? 0) + 1);
    const opened = await Promise.all(messages.slice(over + 1).map((message) => openStored(message, keys)));
    return opened.map((one) => {
      const header = headerOf(one.stored);
      const id = header?.message ?? (toBase64url(one.hash.slice(0, 16)) as MessageId);
      const entry = { ...one, id, sender: header?.sender ?? null, replayed: isReplayed(id, one.stored.seq) };
      return withoutOrphan(entry, lifetime.first());
    });
  }

  /**
   * Whether the message stands elsewhere too, which no honest server lets happen while it has both. The place that was seen
   * first is shown.
   */
  function isReplayed(id: MessageId, seq: number): boolean {
    const place = places.get(id) ?? seq;
    places.set(id, place);
    if (place !== seq && place >= lifetime.first()) onAlert("history-mismatch");
    return place !== seq;
  }

  async function include(added: readonly LogEntry[], combined: readonly LogEntry[]): Promise<void> {
    entries = combined;
    for (const { message, hash, replayed } of added) {
      if (!message || replayed) continue;
      const sequence = `${message.header.sender} ${message.device} ${message.deviceSequence}`;
      const name = toBase64url(hash);
      if ((sequences.get(sequence) ?? name) !== name) onAlert("device-copied");
      sequences.set(sequence, name);
    }
    const sound = await transcript.include(
      added.map(({ stored, hash, message }) => ({
        seq: stored.seq,
        hash,
        statement: message && { position: message.transcriptPosition, head: message.transcriptHead },
      })),
    );
    if (!sound) onAlert("history-mismatch");
    onChange();
  }

  async function append(messages: readonly StoredMessage[]): Promise<void> {
    const added = await open(messages, entries.length === 0);
    await include(added, [...entries, ...added]);
  }

  /** Also of its memory. What was seen stays said, and a replay of what is gone stays one. */
  function forgetBefore(from: number): void {
    entries = entries.filter(({ stored }) => stored.seq >= from).map((entry) => withoutOrphan(entry, from));
    transcript.forgetBefore(from);
    onChange();
  }

  async function fetchPage(query: string): Promise<StoredMessage[]> {
    return decodePage(await api.getBytes(`/api/conversations/${conversation}/messages?${query}`));
  }

  /** Whether what follows may be missing: the server may have taken away what is held, or one was out and is in again. */
  async function endsHere(): Promise<boolean> {
    const newest = entries.at(-1);
    if (!newest || lifetime.mayBeGone(newest.stored)) return true;
    await followRecords();
    return last() < lifetime.first();
  }

  async function followRecords(): Promise<void> {
    book.forget(conversation);
    lifetime.follow(await book.require(conversation));
  }

  /** Fetches exactly what is missing between the newest loaded and `upTo`. */
  async function fill(upTo: number): Promise<void> {
    while (last() < upTo) {
      const page = await fetchPage(`after=${last()}`);
      const missing = page.filter((message, i) => message.seq === last() + 1 + i);
      if (missing.length > 0) await append(missing);
      else if (!(await endsHere())) {
        // The server says there is more and does not give it.
        onAlert("history-mismatch");
        return;
      } else {
        forgetBefore(last() + 1);
        if (page.length > 0) await append(page.filter(({ seq }, i) => seq === (page[0]?.seq ?? 0) + i));
        if (entries.length === 0) return;
      }
    }
  }

  /** All of it, or an error; what was taken in nevertheless is recognised the next time. */
  async function takeArrived(): Promise<void> {
    const all = [...arrived].toSorted((a, b) => a.seq - b.seq);
    let run: StoredMessage[] = [];
    for (const message of all) {
      if (run.at(-1)?.seq === message.seq - 1) {
        run.push(message);
        continue;
      }
      if (run.length > 0) await append(run);
      run = (await continues(message)) ? [message] : [];
    }
    if (run.length > 0) await append(run);
    for (const message of all) arrived.delete(message);
  }

  /** Whether the message is the next one, once what is missing before it was fetched. */
  async function continues(message: StoredMessage): Promise<boolean> {
    if (message.seq < lifetime.first()) return false;
    const known = entries[message.seq - first()];
    if (known) {
      if (!equalBytes(known.hash, await envelopeHash(message.envelope))) onAlert("history-mismatch");
      return false;
    }
    if (entries.length === 0) return true;
    if (message.seq < first()) return false;
    await fill(message.seq - 1);
    return entries.length === 0 || last() === message.seq - 1;
  }

  return {
    entries: () => entries,
    first,
    last,
    transcriptHead: () => inOrder(() => transcript.head()),

    /**
     * A message as it arrives, in whatever order and however often. Many that come faster than they are opened are taken in
     * together, with one change to show.
     */
    receive(message: StoredMessage): Promise<void> {
      arrived.add(message);
      return inOrder(async () => {
        if (!arrived.has(message)) return;
        try {
          await takeArrived();
        } finally {
          arrived.delete(message);
        }
      });
    },

    /** After a reconnect: everything up to `upTo`, where something is loaded already. */
    catchUp: (upTo: number): Promise<void> =>
      inOrder(async () => {
        if (entries.length > 0) await fill(upTo);
      }),

    /** One page before what is loaded, or the newest page. `upTo` is the newest seq there is. */
    loadOlder: (upTo: number): Promise<void> =>
      inOrder(async () => {
        const before = entries.length > 0 ? first() : upTo + 1;
        const promised = () => Math.min(LIMITS.historyPage, Math.max(0, before - lifetime.first()));
        if (promised() === 0) return;
        const page = await fetchPage(`before=${before}`);
        const run = page.filter((message, i) => message.seq === before - page.length + i);
        const added = await open(run, true);
        // Where messages disappear, those before may have gone since; whoever was out and is in again has none of then.
        const isShort = run.length < promised() && run.length === page.length;
        if (isShort && lifetime.seconds() > 0) lifetime.begin(before - run.length);
        else if (isShort) await followRecords();
        if (run.length !== promised()) onAlert("history-mismatch");
        if (added.length > 0) await include(added, [...added, ...entries]);
      }),

    /** One page after what is loaded, not beyond `upTo`. */
    loadNewer: (upTo: number): Promise<void> =>
      inOrder(async () => {
        if (entries.length === 0 || last() >= upTo) return;
        const next = last() + 1;
        const page = await fetchPage(`after=${last()}`);
        const run = page.filter(({ seq }, i) => seq === next + i && seq <= upTo);
        // The server says there is more and does not give it.
        if (run.length > 0) await append(run);
        else if (!(await endsHere())) onAlert("history-mismatch");
      }),

    /** Takes over entries of another log of the conversation, which end where these begin. */
    adopt: (older: readonly LogEntry[]): Promise<void> =>
      inOrder(async () => {
        const newest = older.at(-1);
        if (!newest || (entries.length > 0 && newest.stored.seq !== first() - 1)) return;
        const added = older.map((entry) => {
          const replayed = isReplayed(entry.id, entry.stored.seq);
          return replayed === entry.replayed ? entry : { ...entry, replayed };
        });
        await include(added, [...added, ...entries]);
      }),

    /** Forgets all that is not between these two places, as if it had never been read. */
    keep: (from: number, to: number): Promise<void> =>
      inOrder(async () => {
        const kept = entries.filter(({ stored }) => from <= stored.seq && stored.seq <= to);
        transcript = createTranscript(conversation);
        places.clear();
        sequences.clear();
        for (const { id, stored, replayed } of kept) if (!replayed) places.set(id, stored.seq);
        await include(kept, kept);
      }),

    /** What stood before this place is over. */
    forgetBefore: (from: number): Promise<void> => inOrder(async () => forgetBefore(from)),

    /** Deleted for all: what is held of them goes, as on the server; places and hashes stay. */
    drop(gone: readonly LogEntry[]): void {
      const those = new Set(gone.map(({ stored }) => stored.seq));
      entries = entries.map((entry) => {
        const { stored, hash } = entry;
        if (!those.has(stored.seq)) return entry;
        const nothing = { message: null, content: null, failure: null, role: null };
        return { ...entry, ...nothing, stored: { ...stored, envelope: hash } };
      });
    },

    /** A key or record arrived: what could not be opened is tried again. */
    reopen: (): Promise<void> =>
      inOrder(async () => {
        if (!entries.some(isWaiting)) return;
        const again = await open(entries.filter(isWaiting).map(({ stored }) => stored));
        const bySeq = new Map(again.map((entry) => [entry.stored.seq, entry]));
        entries = entries.map((entry) => bySeq.get(entry.stored.seq) ?? entry);
        onChange();
      }),
  };
}

/** An edit says the words of a message anew: it must not keep them for longer than the message is there. */
function withoutOrphan(entry: LogEntry, first: number): LogEntry {
  const { content, stored, hash } = entry;
  if (content?.type !== "edit" || content.target.seq >= first) return entry;
  return {
    ...entry,
    message: null,
    content: { ...content, text: "" },
    stored: { ...stored, envelope: hash },
  };
}

export type MessageLog = ReturnType<typeof createMessageLog>;
