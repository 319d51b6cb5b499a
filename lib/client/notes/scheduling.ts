import { type ConversationId, type MessageId, newId } from "../../base/ids.ts";
import { oneByOne } from "../../base/one-by-one.ts";
import { decodeContent, encodeContent } from "../../protocol/content.ts";
import { AppError } from "../../protocol/errors.ts";
import type { RunningParts } from "../account/parts.ts";
import {
  LONGEST_WAIT_MS,
  MAX_SCHEDULED,
  type Notes,
  type Scheduled,
  type Scheduling,
} from "../model-notes.ts";
import { claimed, isClaimed, mayClaim, replaced, without } from "./scheduled.ts";

/** Looked at this often rather than at the time itself: laptops sleep, and their timers with them. */
const EVERY_MS = 30_000;

interface SchedulingDeps extends Pick<RunningParts, "clock" | "platform" | "say" | "store"> {
  readonly vault: Pick<RunningParts["vault"], "account">;
  readonly update: Notes["update"];
}

/** Sends what is due: claimed in the vault first, then in this device's outbox, then out of the vault. */
export function startScheduling(deps: SchedulingDeps): Scheduling & { stop(): void } {
  const { clock, platform, say, store, vault, update } = deps;
  const { owner, storage } = platform;
  /** In this tab's outbox, or already sent: all that is left is to take them out of the vault. */
  const handedOver = new Set<MessageId>();
  const inOrder = oneByOne();
  let isOnline = false;
  let stopped = false;

  /** One after the other: what is being sent is not begun again. */
  const look = () => inOrder(sendDue);

  async function sendDue(): Promise<void> {
    const { connection, conversations, notes } = store.get();
    // Before that, the server's time is not known.
    if (stopped || connection !== "online") return;
    for (const { id, canSend } of conversations ?? []) {
      const waiting = canSend ? (notes.get(id)?.scheduled ?? []) : [];
      const due = waiting.filter((entry) => mayClaim(entry, owner, clock.now())).sort((a, b) => a.at - b.at);
      for (const entry of due) {
        // Whatever failed is tried again at the next look.
        await send(id, entry.id).catch(() => {});
      }
    }
  }

  async function send(conversation: ConversationId, message: MessageId): Promise<void> {
    const entry = await claim(conversation, message);
    if (!entry) return;
    if (!handedOver.has(message) && !(await isQueued(message))) {
      // Asleep in between, it may be somebody else's by now.
      if (stopped || !isClaimed(entry, clock.now())) return;
      if (!(await say(conversation, entry.content, message))) return;
    }
    handedOver.add(message);
    await update(conversation, (before) => without(before, message));
  }

  /** Null when it is not for this tab to send. */
  async function claim(conversation: ConversationId, message: MessageId): Promise<Scheduled | null> {
    let mine: Scheduled | null = null;
    await update(conversation, (before) => {
      const after = claimed(before, message, { by: owner, at: clock.now() });
      mine = after === before ? null : (after.scheduled.find(({ id }) => id === message) ?? null);
      return after;
    });
    return mine;
  }

  /** A tab of this browser that is gone may have left it there: sent by whoever takes over what it left. */
  async function isQueued(message: MessageId): Promise<boolean> {
    return (await storage.outbox(vault.account)).some(({ scheduled }) => scheduled === message);
  }

  /** Where one is not any more: nobody would see what waits there, nor could take it out. */
  async function drop(gone: readonly ConversationId[]): Promise<void> {
    for (const id of gone)
      if (store.get().notes.get(id)?.scheduled.length)
        await update(id, (before) => ({ ...before, scheduled: [] })).catch(() => {});
  }

  let listed = store.get().conversations;
  const forget = store.subscribe(() => {
    const { conversations } = store.get();
    if (conversations !== listed) {
      const gone = (listed ?? []).filter(({ id }) => !conversations?.some((one) => one.id === id));
      listed = conversations;
      if (gone.length > 0) void drop(gone.map(({ id }) => id));
    }
    const wasOnline = isOnline;
    isOnline = store.get().connection === "online";
    if (isOnline && !wasOnline) void look();
  });
  const timer = setInterval(look, EVERY_MS);
  void look();

  return {
    async add(conversation, content, at) {
      const now = clock.now();
      if (content.type !== "text" || !decodeContent(encodeContent(content)) || at - now > LONGEST_WAIT_MS)
        throw new AppError("bad-request", "not to be scheduled");
      const entry = { id: newId<MessageId>(platform.now()), content, at };
      await update(conversation, (before) => {
        if (before.scheduled.length >= MAX_SCHEDULED) throw new AppError("too-large", "messages that wait");
        return { ...before, scheduled: [...before.scheduled, entry].sort((a, b) => a.at - b.at) };
      });
    },

    async remove(conversation, message) {
      let removed = false;
      await update(conversation, (before) => {
        const entry = before.scheduled.find(({ id }) => id === message);
        removed = entry !== undefined && !isClaimed(entry, clock.now());
        return removed ? without(before, message) : before;
      });
      return removed;
    },

    async sendNow(conversation, message) {
      await update(conversation, (before) => {
        const entry = before.scheduled.find(({ id }) => id === message);
        const now = clock.now();
        return entry && !isClaimed(entry, now) ? replaced(before, { ...entry, at: now }) : before;
      });
      await look();
    },

    stop() {
      stopped = true;
      forget();
      clearInterval(timer);
    },
  };
}
