import { type Bytes, equalBytes } from "../../lib/base/bytes.ts";
import type { ConversationId, FileId } from "../../lib/base/ids.ts";
import { actingRole, mayWrite } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { StoredMessage } from "../../lib/protocol/frames.ts";
import { type EnvelopeHeader, parseHeaderOfEnvelope } from "../../lib/protocol/layout/envelope.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { MOST_APPENDED, type NewMessage } from "../database/append-messages.ts";
import type { Database } from "../database/database.ts";
import type { Appended } from "../database/messages.ts";
import type { Log } from "../log.ts";
import type { ServerMetrics } from "../server-metrics.ts";
import type { Attachments } from "./attachments.ts";
import type { Client } from "./client.ts";
import type { ConversationService, KnownConversation } from "./conversations.ts";
import type { DailyCounts } from "./daily-counts.ts";
import type { Origin, Publish } from "./publish.ts";
import type { Session } from "./sessions.ts";
import { createSlowMode } from "./slow-mode.ts";

/** One transaction's worth at most: it stays well below max_allowed_packet. */
const BATCH_BYTES = 4 * 1024 * 1024;
/** More than this waiting means the database does not keep up: better refused than late. */
const MAX_WAITING = 20_000;

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
  readonly members: KnownConversation["members"];
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
  let flushing: Promise<void> | null = null;

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = takeBatch();
      try {
        await store(batch);
      } catch (error) {
        log.error({ err: error, messages: batch.length }, "messages not stored");
        for (const { message } of batch) slowMode.release(message.conversation, message.sender);
        for (const { reject } of batch) reject(new AppError("unavailable", "the database did not answer"));
      }
    }
    flushing = null;
  }

  function takeBatch(): Waiting[] {
    let bytes = 0;
    let count = 0;
    while (count < waiting.length && count < MOST_APPENDED && bytes < BATCH_BYTES) {
      bytes += (waiting[count] as Waiting).message.envelope.length;
      count += 1;
    }
    return waiting.splice(0, count);
  }

  async function store(batch: readonly Waiting[]): Promise<void> {
    const startedAt = performance.now();
    const results = await messages.append(
      batch.map(({ message }) => message),
      clock(),
    );
    // Something sent twice counts twice; nobody bills by it.
    const stored = results.filter(({ outcome }) => outcome === "stored").length;
    counts.add("messages", stored);
    metrics.commit(batch.length, stored, (performance.now() - startedAt) / 1000);
    for (const [i, result] of results.entries()) settle(batch[i] as Waiting, result);
  }

  function settle(waiting: Waiting, result: Appended): void {
    const { message, members, origin, resolve, reject } = waiting;
    if (result.outcome !== "stored") slowMode.release(message.conversation, message.sender);
    if (result.outcome === "conflict") {
      reject(new AppError("conflict", "id used for other bytes"));
    } else if (result.outcome === "stored") {
      resolve(answerStored(result, members, origin));
    } else {
      conversations.forget(message.conversation);
      refuse(REFUSALS[result.outcome], message, members, origin).then(resolve, reject);
    }
  }

  function answerStored(
    { seq, storedAt, envelope }: StoredMessage,
    members: KnownConversation["members"],
    origin: Origin,
  ): Stored {
    // What is sent again is published again: where the first commit's answer was lost, nobody has heard of it.
    publish({ type: "message", members, message: { seq, storedAt, envelope }, origin });
    return { seq, storedAt };
  }

  /** It may have been stored before the record was appended, and its receipt lost: sealed again it would be there twice. */
  async function refuse(
    code: Refusal,
    message: Pick<NewMessage, "conversation" | "id" | "envelope">,
    members: KnownConversation["members"],
    origin: Origin,
  ): Promise<Stored> {
    const stored = await messages.findSame(message);
    if (stored) return answerStored(stored, members, origin);
    throw new AppError(code, "not taken as it is");
  }

  function enqueue(
    message: NewMessage,
    members: KnownConversation["members"],
    origin: Origin,
  ): Promise<Stored> {
    return new Promise((resolve, reject) => {
      waiting.push({ message, members, origin, resolve, reject });
      flushing ??= flush();
    });
  }

  /** Everything that needs no query; slow mode last, since it counts the message as written. */
  function findRefusal(
    { sender, conversation: id, recordHash }: EnvelopeHeader,
    { closed, archived, recordHash: newest, posting, slowSeconds, seats }: KnownConversation,
  ): Refusal | null {
    if (closed) return REFUSALS.closed;
    if (archived) return REFUSALS.archived;
    if (!equalBytes(recordHash, newest)) return REFUSALS.stale;
    if (!mayWrite({ members: seats, policy: { posting } }, sender)) return "posting-restricted";
    if ((seats.get(sender)?.mutedUntil ?? 0) > clock()) return "muted";
    if (slowSeconds === 0 || actingRole(seats, sender) !== "member") return null;
    return slowMode.take(id, sender, slowSeconds) ? null : "slow-mode";
  }

  return {
    /**
     * Resolves when the message is durable. The same bytes again give the first receipt again.
     * @param origin where the receipt goes; it is published in order with everything else
     * @throws AppError "bad-request", "not-found" (not a member), "old-key-epoch" (fetch the record, seal
     * again under a new id), "conversation-closed", "room-archived", "posting-restricted", "muted", "slow-mode", "conflict",
     * "file-missing" (not there, not the sender's, not whole, or in another message), "overloaded", "unavailable".
     */
    async send(
      session: Session,
      envelope: Bytes,
      client: Client,
      origin: Origin,
      files: readonly FileId[] = [],
    ): Promise<Stored> {
      const header = requireHeader(envelope);
      if (header.sender !== session.accountId) throw new AppError("bad-request", "somebody else's message");
      const conversation =
        conversations.knownFor(session, header.conversation) ??
        (await conversations.requireMember(session, header.conversation, client));
      if (waiting.length >= MAX_WAITING) throw new AppError("overloaded", "too many messages waiting", 1);
      const refusal = findRefusal(header, conversation);
      if (refusal) {
        const { conversation: id, message } = header;
        return refuse(refusal, { conversation: id, id: message, envelope }, conversation.members, origin);
      }
      const message = {
        conversation: header.conversation,
        id: header.message,
        sender: header.sender,
        recordNumber: conversation.recordNumber,
        envelope,
      };
      if (files.length === 0) return enqueue(message, conversation.members, origin);
      if (!(await attachments.attach(header, files))) {
        slowMode.release(header.conversation, header.sender);
        return refuse("file-missing", message, conversation.members, origin);
      }
      const stored = await enqueue(message, conversation.members, origin);
      attachments.noteStored(header);
      return stored;
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
      return messages.page(conversation, range, from, "after" in range ? LIMITS.gapPage : LIMITS.historyPage);
    },

    /** How many wait for their commit. */
    waiting: (): number => waiting.length,

    /** Ends when everything accepted so far is stored or refused. */
    async drain(): Promise<void> {
      while (flushing) await flushing;
    },
  };
}

function requireHeader(envelope: Bytes): EnvelopeHeader {
  try {
    return parseHeaderOfEnvelope(envelope);
  } catch (error) {
    throw new AppError("bad-request", `envelope: ${(error as Error).message}`);
  }
}
