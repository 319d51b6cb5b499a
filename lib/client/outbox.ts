import type { AccountId, ConversationId, MessageId } from "../base/ids.ts";
import { newId } from "../base/ids.ts";
import { oneByOne } from "../base/one-by-one.ts";
import { shared } from "../base/shared.ts";
import type { SealedEnvelope } from "../crypto/message.ts";
import { type Content, filesOf } from "../protocol/content.ts";
import { AppError, ERRORS, type ErrorCode } from "../protocol/errors.ts";
import type { OutboxEntry, Platform } from "./platform.ts";
import type { Receipt, Socket } from "./socket.ts";

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
const RESEALS = 3;
/** Tabs end, and what held something up may be over, without anybody saying so. */
const LOOK_AGAIN_MS = 30_000;

/** A message on its way. */
export interface Unsent {
  /** Changes when the message must be sealed again under another record. */
  readonly id: MessageId;
  readonly content: Content;
  readonly queuedAt: number;
  readonly failure: ErrorCode | null;
  /** The id it was scheduled under, or null. It stays when the message is sealed again and `id` changes. */
  readonly scheduled: MessageId | null;
}

interface Item extends Unsent {
  id: MessageId;
  failure: ErrorCode | null;
  envelope: SealedEnvelope | null;
  /** Whether the server may have it already: then it alone can say whether these bytes were accepted. */
  mayBeStored: boolean;
}

export interface Sent {
  readonly envelope: SealedEnvelope;
  readonly content: Content;
}

export interface OutboxDeps {
  readonly platform: Platform;
  readonly account: AccountId;
  readonly socket: Pick<Socket, "send" | "isOpen">;
  seal(conversation: ConversationId, message: MessageId, content: Content): Promise<SealedEnvelope>;
  /** What is in one's own sealed message; null when it cannot be opened. @throws AppError that says to try again */
  read(conversation: ConversationId, envelope: SealedEnvelope): Promise<Content | null>;
  /** The conversation's record is newer than the one sealed under. */
  refresh(conversation: ConversationId): void;
  /** Changes the conversation's key if that is due. */
  prepare(conversation: ConversationId): Promise<void>;
  /** Whether it is sealed under the newest record. */
  isCurrent(conversation: ConversationId, envelope: SealedEnvelope): Promise<boolean>;
  /** Whether its time is over before it was sent. @param queuedAt by this device's clock */
  isOver(conversation: ConversationId, queuedAt: number): Promise<boolean>;
  /** False while sending is stopped: what waits goes on waiting. */
  mayFlow(conversation: ConversationId): boolean;
  /** Until it resolves the message stays here, and is sent again after an error: the receipt will be the same. */
  onStored(conversation: ConversationId, sent: Sent, receipt: Receipt): Promise<void>;
  /** It is stored, or will not be. @param scheduled the id it was scheduled under */
  onRemoved(scheduled: MessageId): void;
  onChange(conversation: ConversationId): void;
}

/** One queue a conversation, sent in order, one at a time; it survives reloads and being offline. */
export function createOutbox(deps: OutboxDeps) {
  const { platform, account, socket } = deps;
  const { storage, owner } = platform;
  const queues = new Map<ConversationId, Item[]>();
  const sending = new Set<ConversationId>();
  const sealing = new Map<ConversationId, ReturnType<typeof oneByOne>>();
  let lastQueuedAt = 0;
  let stopped = false;
  /** Where tabs that are gone left something that was not taken over yet: nothing overtakes it. */
  let leftBehind: ReadonlySet<ConversationId> = new Set();
  const looked = storage.outbox(account).then(
    (entries) => {
      // Also where the clock was put back since.
      lastQueuedAt = Math.max(lastQueuedAt, ...entries.map(({ queuedAt }) => queuedAt));
      leftBehind = new Set(entries.map(({ conversation }) => conversation));
    },
    () => {},
  );

  function queueOf(conversation: ConversationId): Item[] {
    const queue = queues.get(conversation) ?? [];
    queues.set(conversation, queue);
    return queue;
  }

  /** Unless it was discarded meanwhile. @param instead of which other one */
  function keep(
    conversation: ConversationId,
    item: Item,
    mayBeStored: boolean = item.mayBeStored,
    instead?: MessageId,
  ): Promise<void> {
    const { id: message, envelope, queuedAt, failure, scheduled } = item;
    if (!envelope || !queueOf(conversation).includes(item)) return Promise.resolve();
    return storage.putOutbox(
      { message, account, conversation, envelope, queuedAt, owner, failure, scheduled, mayBeStored },
      instead,
    );
  }

  /** In the order of writing: the device's sequence numbers and the queue agree. */
  function seal(conversation: ConversationId, item: Item, instead?: MessageId): Promise<void> {
    const inOrder = sealing.get(conversation) ?? oneByOne();
    sealing.set(conversation, inOrder);
    return inOrder(async () => {
      item.envelope = await deps.seal(conversation, item.id, item.content);
      await keep(conversation, item, item.mayBeStored, instead);
    });
  }

  async function remove(conversation: ConversationId, item: Item): Promise<void> {
    const queue = queueOf(conversation);
    const at = queue.indexOf(item);
    if (at >= 0) queue.splice(at, 1);
    await storage.removeOutbox(item.id);
    if (item.scheduled) deps.onRemoved(item.scheduled);
  }

  /** Where messages disappear, one that was stored and whose receipt was lost must not come back after its time. */
  async function dropIfOver(conversation: ConversationId, item: Item): Promise<boolean> {
    if (!(await deps.isOver(conversation, item.queuedAt))) return false;
    await remove(conversation, item);
    deps.onChange(conversation);
    return true;
  }

  async function fail(conversation: ConversationId, item: Item, failure: ErrorCode): Promise<void> {
    item.failure = failure;
    // No message: nobody would see it, nor could discard it. The room has its name.
    if (item.content.type === "named") await remove(conversation, item);
    else await keep(conversation, item);
    deps.onChange(conversation);
  }

  /** Storage that fails here fails again at the next try, where somebody waits for it. */
  function start(conversation: ConversationId): void {
    pump(conversation).catch(() => {});
  }

  async function pump(conversation: ConversationId): Promise<void> {
    if (sending.has(conversation)) return;
    sending.add(conversation);
    let delay = FIRST_DELAY_MS;
    let reseals = 0;
    let refused: SealedEnvelope | null = null;
    try {
      await looked;
      // Goes on when it was taken over.
      if (leftBehind.has(conversation)) return;
      for (;;) {
        const item = queueOf(conversation).find(({ failure }) => failure === null);
        // One that is not sealed yet calls again when it is.
        if (!item?.envelope || stopped || !deps.mayFlow(conversation)) return;
        try {
          if (await dropIfOver(conversation, item)) continue;
          await deps.prepare(conversation);
          if (!deps.mayFlow(conversation)) return;
          const envelope = item.envelope;
          if (!item.mayBeStored) {
            if (envelope === refused || !(await deps.isCurrent(conversation, envelope))) {
              await reseal(conversation, item);
              continue;
            }
            // What was never handed over is held against the records once more: who is out by then must not read it.
            if (!socket.isOpen()) return;
            // Written down first: whoever takes it over must not seal anew what is stored.
            await keep(conversation, item, true);
            if (!queueOf(conversation).includes(item)) continue;
            item.mayBeStored = socket.isOpen();
          }
          const receipt = await socket.send(envelope, filesOf(item.content));
          await deps.onStored(conversation, { envelope, content: item.content }, receipt);
          await remove(conversation, item);
          deps.onChange(conversation);
          delay = FIRST_DELAY_MS;
          reseals = 0;
        } catch (error) {
          if (!(error instanceof AppError)) {
            await fail(conversation, item, "internal");
            continue;
          }
          // That it is possible again, or that a room lets one in or is open again, is said by a new `ready`.
          if (["offline", "signed-out", "room-refused", "room-archived"].includes(error.code)) return;
          if (error.code === "old-key-epoch" && reseals < RESEALS) {
            // The server has not got these bytes, and never takes them.
            reseals += 1;
            refused = item.envelope;
            item.mayBeStored = false;
            deps.refresh(conversation);
          } else if (error.code === "conflict" && item.id === item.scheduled) {
            // Another browser of one's own has sent it.
            await remove(conversation, item);
            deps.onChange(conversation);
          } else if (ERRORS[error.code].retryable) {
            await new Promise((resume) => setTimeout(resume, (error.retryAfter ?? 0) * 1000 || delay));
            delay = Math.min(delay * 2, LONGEST_DELAY_MS);
          } else {
            await fail(conversation, item, error.code);
          }
        }
      }
    } finally {
      sending.delete(conversation);
    }
  }

  /** A refused message is sealed anew under a new id: the old bytes can never be accepted any more. */
  async function reseal(conversation: ConversationId, item: Item): Promise<void> {
    const refused = item.id;
    item.id = newId<MessageId>(platform.now());
    try {
      await seal(conversation, item, refused);
    } catch (error) {
      // Still the refused one, in the queue as on this device.
      item.id = refused;
      throw error;
    } finally {
      // Discarded meanwhile, under the new id.
      if (!queueOf(conversation).includes(item)) await storage.removeOutbox(refused);
    }
  }

  /** What cannot be read yet holds up its conversation, and no other one. @throws what kept it from being read */
  const takeOver = shared(async () => {
    await looked;
    const unread = new Set<ConversationId>();
    const failures: unknown[] = [];
    for (const entry of await storage.outbox(account)) {
      if (unread.has(entry.conversation)) continue;
      await takeOverOne(entry).catch((error) => {
        unread.add(entry.conversation);
        failures.push(error);
      });
    }
    leftBehind = unread;
    if (failures.length > 0) throw failures[0];
  });

  /**
   * Takes over what tabs that are gone left behind, then sends whatever waits.
   * @throws AppError where some of that could not be read yet
   */
  async function resume(): Promise<void> {
    for (const conversation of queues.keys()) start(conversation);
    await takeOver().finally(() => {
      for (const conversation of queues.keys()) start(conversation);
    });
  }
  const looking = setInterval(() => void (socket.isOpen() && resume().catch(() => {})), LOOK_AGAIN_MS);

  async function takeOverOne(entry: OutboxEntry): Promise<void> {
    // One's own are in a queue; one that is being sealed anew, under another id than here.
    if (entry.owner === owner || !(await platform.isGone(entry.owner))) return;
    if (await deps.isOver(entry.conversation, entry.queuedAt).catch(() => false))
      return storage.removeOutbox(entry.message);
    const content = await deps.read(entry.conversation, entry.envelope);
    const queue = queueOf(entry.conversation);
    // Scheduled, it may be on its way from here under the same id.
    if (content === null || queue.some(({ id }) => id === entry.message)) return;
    const { message: id, queuedAt, failure, envelope, scheduled = null, mayBeStored = true } = entry;
    const item = { id, content, queuedAt, failure, scheduled, envelope, mayBeStored };
    queue.push(item);
    queue.sort((a, b) => a.queuedAt - b.queuedAt);
    await keep(entry.conversation, item);
    deps.onChange(entry.conversation);
  }

  return {
    /** In order of writing. */
    unsent: (conversation: ConversationId): readonly Unsent[] => queues.get(conversation) ?? [],

    /**
     * Shown at once; resolves when it is sealed and kept on this device.
     * @param scheduled the id it was scheduled under: another browser may send the same
     */
    async add(
      conversation: ConversationId,
      content: Content,
      scheduled: MessageId | null = null,
    ): Promise<void> {
      lastQueuedAt = Math.max(platform.now(), lastQueuedAt + 1);
      const item: Item = {
        id: scheduled ?? newId<MessageId>(lastQueuedAt),
        content,
        queuedAt: lastQueuedAt,
        failure: null,
        scheduled,
        envelope: null,
        mayBeStored: false,
      };
      queueOf(conversation).push(item);
      deps.onChange(conversation);
      try {
        await seal(conversation, item);
      } catch (error) {
        // The person gets the words back: it must not leave by itself later.
        await remove(conversation, item).catch(() => {});
        deps.onChange(conversation);
        throw error;
      }
      start(conversation);
    },

    async retry(conversation: ConversationId, message: MessageId): Promise<void> {
      const item = queueOf(conversation).find(({ id }) => id === message);
      if (!item?.failure) return;
      item.failure = null;
      await keep(conversation, item);
      deps.onChange(conversation);
      start(conversation);
    },

    async discard(conversation: ConversationId, message: MessageId): Promise<void> {
      const item = queueOf(conversation).find(({ id }) => id === message);
      if (!item) return;
      await remove(conversation, item);
      deps.onChange(conversation);
    },

    resume,

    /** What waits there for longer than messages live is gone, as everything else of that time. */
    async expire(conversation: ConversationId): Promise<void> {
      for (const item of [...queueOf(conversation)]) await dropIfOver(conversation, item);
    },

    /** Nothing can be sent there any more. */
    async close(conversation: ConversationId): Promise<void> {
      for (const item of queueOf(conversation))
        if (item.failure === null) await fail(conversation, item, "conversation-closed");
    },

    stop(): void {
      stopped = true;
      clearInterval(looking);
    },
  };
}

export type Outbox = ReturnType<typeof createOutbox>;
