import { type Bytes, equalBytes } from "../../base/bytes.ts";
import type { AccountId, ConversationId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { envelopeHash, extendTranscript, initialTranscript } from "../../crypto/transcript.ts";
import { decodePage, type StoredMessage } from "../../protocol/frames.ts";
import { headerOf } from "../conversation/header-of.ts";
import { type Opened, openStored } from "../conversation/open-stored.ts";
import { IdentityChangedError } from "../identities.ts";
import type { ConversationKeys, KeyBook } from "../key-book.ts";
import type { OpenFailure } from "../model.ts";

/** A message with what is known of it. */
export interface ExportedMessage extends Omit<Opened, "failure"> {
  readonly sender: AccountId | null;
  readonly failure: OpenFailure | null;
  /** What its sender said to have seen does not fit what the server gave before it. */
  readonly mismatch: boolean;
}

export interface ReadDeps {
  readonly book: Pick<KeyBook, "require" | "forget">;
  /** One request to the server, again and again while it is away. */
  readonly fetchBytes: (path: string) => Promise<Uint8Array>;
  /** How long the server keeps any message, in seconds; 0 without end. */
  readonly longestRetention: number;
}

/** The chain of records is not accepted here: nothing can be opened. */
export type Keys = ConversationKeys | null;

export async function findKeys({ book }: ReadDeps, conversation: ConversationId): Promise<Keys> {
  try {
    book.forget(conversation);
    return await book.require(conversation);
  } catch (error) {
    if (error instanceof CryptoError || error instanceof IdentityChangedError) return null;
    throw error;
  }
}

/**
 * History, oldest first, page by page, each opened and held against the transcript: for an export all of it, for an
 * index what it has not seen.
 * @param lastSeq where to stop; what comes later belongs to another reading
 * @param after where to begin. From the middle the transcript is known from the first message on whose sender had
 * seen all before it
 */
export async function* readConversation(
  deps: ReadDeps,
  conversation: ConversationId,
  keys: Keys,
  lastSeq: number,
  after = 0,
): AsyncGenerator<readonly ExportedMessage[]> {
  const heads = new Map<number, Bytes>();
  if (after === 0) heads.set(0, await initialTranscript(conversation));
  for (let last = after; last < lastSeq; ) {
    const page = decodePage(
      await deps.fetchBytes(`/api/conversations/${conversation}/messages?after=${last}`),
    );
    const first = page[0]?.seq ?? 0;
    if (first > last + 1 && mayDisappear(deps, keys)) {
      // What stood between is over since.
      heads.clear();
      last = first - 1;
    }
    const run = page.filter(({ seq }, i) => seq === last + 1 + i && seq <= lastSeq);
    // The server says that there is more and does not give it.
    if (run.length === 0) return;
    const opened = await Promise.all(run.map((stored) => open(stored, keys)));
    const messages: ExportedMessage[] = [];
    for (const one of opened) {
      const { message, hash, stored } = one;
      const before = stored.seq - 1;
      if (heads.size === 0 && message?.transcriptPosition === before)
        heads.set(before, message.transcriptHead);
      const [anchor] = heads.keys();
      const isJudged = message !== null && anchor !== undefined && message.transcriptPosition >= anchor;
      const seen = isJudged && heads.get(message.transcriptPosition);
      const mismatch = isJudged && !(seen && equalBytes(seen, message.transcriptHead));
      const head = heads.get(before);
      if (head) heads.set(stored.seq, await extendTranscript(head, hash));
      messages.push({ ...one, sender: headerOf(stored)?.sender ?? null, mismatch });
    }
    last = run.at(-1)?.seq ?? lastSeq;
    yield messages;
  }
}

/** Whether the server may have taken away what is not there any more. */
export function mayDisappear({ longestRetention }: ReadDeps, keys: Keys): boolean {
  return longestRetention > 0 || (keys?.state.policy.retentionSeconds ?? 0) > 0;
}

async function open(stored: StoredMessage, keys: Keys): Promise<Opened> {
  if (keys) return openStored(stored, keys);
  const hash = await envelopeHash(stored.envelope);
  return { stored, hash, message: null, content: null, failure: "unknown-sender", role: null };
}
