import { type Bytes, equalBytes } from "../../base/bytes.ts";
import type { ConversationId } from "../../base/ids.ts";
import { extendTranscript, initialTranscript } from "../../crypto/transcript.ts";

/** What a sender said it had seen: the transcript head after `position` messages. */
export interface Statement {
  readonly position: number;
  readonly head: Bytes;
}

export interface TranscriptEntry {
  readonly seq: number;
  /** SHA-256 of the envelope. */
  readonly hash: Bytes;
  /** Null where the message could not be opened: its hash still counts. */
  readonly statement: Statement | null;
}

/**
 * Holds what the server delivered against what each sender says to have seen (docs/protocol.md §5): a message
 * dropped, withheld or moved shows with the next one. Reading that starts in the middle is anchored at the
 * lowest statement inside what is loaded, and again lower down when older pages arrive.
 */
export function createTranscript(conversation: ConversationId) {
  const hashes = new Map<number, Bytes>();
  const heads = new Map<number, Bytes>();
  const statements: Statement[] = [];
  let first = 1;
  let last = 0;
  /** Lowest position whose head is known; heads are known from there to `last`. */
  let anchor: number | null = null;

  async function anchorAt(statement: Statement): Promise<boolean> {
    const end = anchor ?? last;
    const expected = anchor === null ? null : (heads.get(anchor) as Bytes);
    anchor = statement.position;
    const reached = await extend(statement.position, statement.head, end);
    return expected === null || equalBytes(reached, expected);
  }

  async function extend(from: number, head: Bytes, to: number): Promise<Bytes> {
    let current = head;
    heads.set(from, current);
    for (let seq = from + 1; seq <= to; seq++) {
      current = await extendTranscript(current, hashes.get(seq) as Bytes);
      heads.set(seq, current);
    }
    return current;
  }

  return {
    /**
     * Entries that adjoin what is loaded, at either end. Calls must not overlap.
     * @returns false when a statement does not fit: history was dropped, withheld or reordered
     */
    async include(entries: readonly TranscriptEntry[]): Promise<boolean> {
      const [oldest] = entries;
      const newest = entries.at(-1);
      if (!oldest || !newest) return true;
      // What comes does not adjoin what was forgotten.
      if (hashes.size === 0 && oldest.seq !== last + 1) {
        heads.clear();
        anchor = null;
        last = 0;
      }
      const reached = last;
      first = hashes.size === 0 ? oldest.seq : Math.min(first, oldest.seq);
      last = Math.max(last, newest.seq);
      let sound = true;
      for (const { seq, hash, statement } of entries) {
        hashes.set(seq, hash);
        if (!statement) continue;
        if (statement.position >= seq) sound = false;
        else statements.push(statement);
      }
      const top = anchor === null ? undefined : heads.get(reached);
      if (top && last > reached) await extend(reached, top, last);
      const lowest =
        first === 1
          ? { position: 0, head: await initialTranscript(conversation) }
          : statements
              .filter(({ position }) => position >= first - 1)
              .reduce<Statement | null>(
                (low, one) => (low && low.position <= one.position ? low : one),
                null,
              );
      if (lowest && (anchor === null || lowest.position < anchor)) sound = (await anchorAt(lowest)) && sound;
      for (const { position, head } of statements) {
        const known = heads.get(position);
        if (known && !equalBytes(known, head)) sound = false;
      }
      return sound;
    },

    /** Forgets what stood before this place; what follows is still held against the head that it led to. */
    forgetBefore(from: number): void {
      const end = Math.min(from - 1, last);
      for (const seq of [...hashes.keys()]) if (seq <= end) hashes.delete(seq);
      for (const seq of [...heads.keys()]) if (seq < end) heads.delete(seq);
      statements.splice(0, statements.length, ...statements.filter(({ position }) => position >= end));
      first = Math.max(first, from);
      if (anchor !== null) anchor = Math.max(anchor, end);
    },

    /** What this client can say to have seen. Without an anchor yet: nothing, which is always true. */
    async head(): Promise<Statement> {
      const head = heads.get(last);
      return head ? { position: last, head } : { position: 0, head: await initialTranscript(conversation) };
    },
  };
}
