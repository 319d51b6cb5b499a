import { setImmediate } from "node:timers/promises";
import { type Bytes, equalBytes } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId, FileId, MessageId } from "../../lib/base/ids.ts";
import { actingRole, mayWrite } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { StoredMessage } from "../../lib/protocol/frames.ts";
import { type EnvelopeHeader, parseHeaderOfEnvelope } from "../../lib/protocol/layout/envelope.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { MOST_APPENDED, type NewMessage } from "../database/append-messages.ts";
import type { Database } from "../database/database.ts";
import type { Appended } from "../database/messages.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { Log } from "../log.ts";
import type { ServerMetrics } from "../server-metrics.ts";
import type { Attachments } from "./attachments.ts";
import type { Client } from "./client.ts";
import type { ConversationService, KnownConversation } from "./conversations.ts";
import type { DailyCounts } from "./daily-counts.ts";
import { mayWriteNow } from "./may-write-now.ts";
import type { Origin, Publish } from "./publish.ts";
import type { Session } from "./sessions.ts";
import { createSlowMode } from "./slow-mode.ts";

/** One transaction's worth at most: it stays well below max_allowed_packet. */
const BATCH_BYTES = 4 * 1024 * 1024;
/** People: a room of a thousand takes some ten milliseconds. */
const TOLD_AT_ONCE = 1_000;
/** More than this waiting means the database does not keep up: better refused than late. */
const MAX_WAITING = 20_000;
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

const REFUSALS = {
  stale: "old-key-epoch",
  closed: "conversation-closed",
  archived: "room-archived",
} as const;
type Refusal =
  | (typeof REFUSALS)[keyof typeof REFUSALS]
  | ("posting-restricted" | "muted" | "slow-mode" | "file-missing");

export interface Stored {
  readonly seq: number;
  readonly storedAt: number;
}

interface Waiting {
  readonly message: NewMessage;
  readonly conversation: KnownConversation;
  readonly origin: Origin;
  readonly resolve: (stored: Stored) => void;
  readonly reject: (error: unknown) => void;
}

export interface MessageDeps {
  readonly database: Pick<Database, "messages">;
  readonly conversations: ConversationService;
  readonly attachments: Attachments;
  readonly counts: Pick<DailyCounts, "add">;
  readonly metrics: Pick<ServerMetrics, "commit">;
  readonly publish: Publish;
  readonly log: Log;
  readonly clock: () => number;
}

/**
 * Group commit: what arrives while one transaction is in flight goes into the next as one multi-row insert.
 * Nothing is acknowledged or delivered before it is durable, and delivery keeps the order of `seq`.
 */
export function createMessageService(deps: MessageDeps) {
  const { database, conversations, attachments, counts, metrics, publish, log, clock } = deps;
  const { messages } = database;
  const slowMode = createSlowMode(clock);
  const waiting: Waiting[] = [];
  let waitingBytes = 0;
  let flushing: Promise<void> | null = null;
  /** Since the last one was stored; the log has one word about those that failed alike. */
  let failing = { code: null as unknown, messages: 0 };
  let telling: Promise<void> = Promise.resolve();

  /** The database stores the next batch while others hear of the one before. */
  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = takeBatch();
      const results = await store(batch);
      await telling;
      telling = tell(batch, results);
    }
    flushing = null;
  }

  /** No id twice: who sends something again is held against what was stored then. */
  function takeBatch(): Waiting[] {
    const ids = new Set<MessageId>();
    let bytes = 0;
    for (const { message } of waiting) {
      if (ids.size === MOST_APPENDED || bytes >= BATCH_BYTES || ids.has(message.id)) break;
      ids.add(message.id);
      bytes += message.envelope.length;
    }
    waitingBytes -= bytes;
    return waiting.splice(0, ids.size);
  }

  /** @returns null when it failed */
  async function store(batch: readonly Waiting[]): Promise<Appended[] | null> {
    const startedAt = performance.now();
    try {
      const results = await messages.append(
        batch.map(({ message }) => message),
        clock(),
      );
      // Something sent twice counts twice; nobody bills by it.
      const stored = results.filter(({ outcome }) => outcome === "stored").length;
      counts.add("messages", stored);
      noteStoring();
      metrics.commit(batch.length, stored, (performance.now() - startedAt) / 1000);
      return results;
    } catch (error) {
      noteFailure(error, batch.length);
      return null;
    }
  }

  function noteFailure(error: unknown, count: number): void {
    const { code } = error as { code?: unknown };
    if (failing.messages === 0 || failing.code !== code)
      log.error({ err: error, messages: count }, "messages not stored");
    failing = { code, messages: failing.messages + count };
  }

  function noteStoring(): void {
    if (failing.messages === 0) return;
    log.info({ refused: failing.messages }, "messages are stored again");
    failing = { code: null, messages: 0 };
  }

  /** In order, and so many at once that sockets are read in between. */
  async function tell(batch: readonly Waiting[], results: readonly Appended[] | null): Promise<void> {
    let told = 0;
    // What waits, or came by now, goes to the database first: it is stored while these are told.
    await setImmediate();
    for (const [i, one] of batch.entries()) {
      if (told >= TOLD_AT_ONCE) {
        await setImmediate();
        told = 0;
      }
      told += one.conversation.members.length;
      try {
        settle(one, results?.[i]);
      } catch (error) {
        one.reject(error);
      }
    }
  }

  function settle({ message, conversation, origin, resolve, reject }: Waiting, result?: Appended): void {
    if (result?.outcome === "stored") {
      resolve(answerStored(result, message, conversation, origin, true));
      return;
    }
    slowMode.release(message.conversation, message.sender);
    if (!result) {
      reject(new AppError("unavailable", "the database did not answer"));
    } else if (result.outcome === "conflict") {
      reject(new AppError("conflict", "id used for other bytes"));
    } else {
      conversations.forget(message.conversation);
      refuse(REFUSALS[result.outcome], message, conversation, origin).then(resolve, reject);
    }
  }

  function answerStored(
    { seq, storedAt, envelope }: StoredMessage,
    sent: Pick<NewMessage, "sender" | "envelope">,
    conversation: KnownConversation,
    origin: Origin,
    isInTurn: boolean,
  ): Stored {
    const isNew = envelope === sent.envelope;
    const members = isNew ? conversation.members : audienceAgain(seq, sent.sender, conversation, isInTurn);
    publish({ type: "message", members, message: { seq, storedAt, envelope }, origin });
    return { seq, storedAt };
  }

  /**
   * What is sent again is published again: where the first commit's answer was lost, nobody has heard of it. If the sender may no
   * longer write there, or not yet, only the sender is told. The others fetch the message as a gap when the next one arrives.
   */
  function audienceAgain(
    seq: number,
    sender: AccountId,
    conversation: KnownConversation,
    isInTurn: boolean,
  ): readonly AccountId[] {
    if (!isInTurn || !mayWriteNow(conversation, sender, clock())) return [sender];
    const { members, seats } = conversation;
    return members.filter((member) => (seats.get(member)?.visibleFrom ?? 1) <= seq);
  }

  /** It may have been stored before the record was appended, and its receipt lost: sealed again it would be there twice. */
  async function refuse(
    code: Refusal,
    message: NewMessage,
    conversation: KnownConversation,
    origin: Origin,
  ): Promise<Stored> {
    const stored = await messages.findSame(message);
    // A turn that was refused or given back must be taken for that, or slow mode would be no limit to what is there already.
    if (stored) return answerStored(stored, message, conversation, origin, takeTurn(message, conversation));
    throw new AppError(code, "not taken as it is");
  }

  /** @throws AppError "overloaded" */
  function take(
    header: EnvelopeHeader,
    envelope: Bytes,
    conversation: KnownConversation,
    origin: Origin,
    files: readonly FileId[],
    isAnew = false,
  ): Promise<Stored> {
    if (waiting.length >= MAX_WAITING || waitingBytes >= MAX_WAITING_BYTES)
      throw new AppError("overloaded", "too many messages waiting", 1);
    const { conversation: id, message: messageId, sender } = header;
    const { recordNumber } = conversation;
    const message = { conversation: id, id: messageId, sender, recordNumber, envelope };
    const refusal = findRefusal(header, conversation);
    if (refusal && !isAnew && refusal !== "slow-mode")
      return takeAnew(header, envelope, conversation, origin, files);
    if (refusal) return refuse(refusal, message, conversation, origin);
    if (files.length > 0) return attachAndEnqueue(header, files, message, conversation, origin);
    return enqueue(message, conversation, origin);
  }

  /** Another node may have stored a record that this one has not heard of: what is remembered alone refuses nothing. */
  async function takeAnew(
    header: EnvelopeHeader,
    envelope: Bytes,
    remembered: KnownConversation,
    origin: Origin,
    files: readonly FileId[],
  ): Promise<Stored> {
    const { sender, conversation: id } = header;
    const found = await conversations.findAnew(sender, id, remembered);
    // Who is not in there any more is refused as before, and told so when it comes again.
    const conversation = found?.seats.has(sender) ? found : remembered;
    return take(header, envelope, conversation, origin, files, true);
  }

  async function attachAndEnqueue(
    header: EnvelopeHeader,
    files: readonly FileId[],
    message: NewMessage,
    conversation: KnownConversation,
    origin: Origin,
  ): Promise<Stored> {
    let isAttached = false;
    try {
      isAttached = await attachments.attach(header, files);
    } finally {
      if (!isAttached) slowMode.release(message.conversation, message.sender);
    }
    if (!isAttached) return refuse("file-missing", message, conversation, origin);
    const stored = await enqueue(message, conversation, origin);
    attachments.noteStored(header);
    return stored;
  }

  function enqueue(message: NewMessage, conversation: KnownConversation, origin: Origin): Promise<Stored> {
    return new Promise((resolve, reject) => {
      waitingBytes += message.envelope.length;
      waiting.push({ message, conversation, origin, resolve, reject });
      flushing ??= flush();
    });
  }

  /** Everything that needs no query; slow mode last, since it counts the message as written. */
  function findRefusal(
    { sender, conversation: id, recordHash }: EnvelopeHeader,
    known: KnownConversation,
  ): Refusal | null {
    const { closed, archived, recordHash: newest, posting, seats } = known;
    if (closed) return REFUSALS.closed;
    if (archived) return REFUSALS.archived;
    if (!equalBytes(recordHash, newest)) return REFUSALS.stale;
    if (!mayWrite({ members: seats, policy: { posting } }, sender)) return "posting-restricted";
    if ((seats.get(sender)?.mutedUntil ?? 0) > clock()) return "muted";
    return takeTurn({ conversation: id, sender }, known) ? null : "slow-mode";
  }

  /** @returns false in slow mode, when the sender has to wait */
  function takeTurn(
    { conversation: id, sender }: Pick<NewMessage, "conversation" | "sender">,
    { slowSeconds, seats }: KnownConversation,
  ): boolean {
    if (slowSeconds === 0 || actingRole(seats, sender) !== "member") return true;
    return slowMode.take(id, sender, slowSeconds);
  }

  return {
    /**
     * Resolves when the message is durable. The same bytes again give the first receipt again.
     * @param origin where the receipt goes; it is published in order with everything else
     * @throws AppError "bad-request", "not-found" (not a member), "old-key-epoch" (fetch the record, seal
     * again under a new id), "conversation-closed", "room-archived", "posting-restricted", "muted", "slow-mode", "conflict",
     * "file-missing" (not there, not the sender's, not whole, or in another message), "overloaded", "unavailable".
     */
    send(
      session: Session,
      envelope: Bytes,
      client: Client,
      origin: Origin,
      files: readonly FileId[] = [],
    ): Promise<Stored> {
      // What nearly all of them go through has no await: that is a promise more for each message that waits.
      try {
        const header = requireHeader(envelope, session);
        const known = conversations.knownFor(session, header.conversation);
        if (known) return take(header, envelope, known, origin, files);
        return conversations
          .requireMember(session, header.conversation, client)
          .then((conversation) => take(header, envelope, conversation, origin, files));
      } catch (error) {
        return Promise.reject(error);
      }
    },

    /** History, oldest first. @throws AppError "not-found" */
    async page(
      session: Session,
      conversation: ConversationId,
      range: { after: number } | { before: number },
      client: Client,
    ): Promise<StoredMessage[]> {
      const { seats } = await conversations.requireMember(session, conversation, client);
      const from = seats.get(session.accountId)?.visibleFrom ?? 1;
      return messages.page(
        conversation,
        range,
        from,
        "after" in range ? SERVER_LIMITS.gapPage : LIMITS.historyPage,
      );
    },

    /** How many wait for their commit. */
    waiting: (): number => waiting.length,

    /** Ends when everything accepted so far is stored or refused. */
    async drain(): Promise<void> {
      while (flushing) await flushing;
      await telling;
    },
  };
}

function requireHeader(envelope: Bytes, { accountId }: Session): EnvelopeHeader {
  let header: EnvelopeHeader;
  try {
    header = parseHeaderOfEnvelope(envelope);
  } catch (error) {
    throw new AppError("bad-request", `envelope: ${(error as Error).message}`);
  }
  if (header.sender !== accountId) throw new AppError("bad-request", "somebody else's message");
  return header;
}
