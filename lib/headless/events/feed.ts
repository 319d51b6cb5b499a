import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConversationId } from "../../base/ids.ts";
import { unlessGone } from "../../client/account/unless-gone.ts";
import { IdentityChangedError } from "../../client/identities.ts";
import type { Conversation } from "../../client/model.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { AppError, ERRORS } from "../../protocol/errors.ts";
import { conversationsAnswer } from "../../protocol/http/conversations.ts";
import type { Client } from "../account/connect.ts";
import { NOTHING_TOLD, type Told } from "../state/account-state.ts";
import type { FeedEvent, RoomEvent } from "./event.ts";
import { personOf } from "./people.ts";
import { storedEvents } from "./stored-events.ts";

const AGAIN_MS = 2_000;

export interface FeedOptions {
  /** Null for all. */
  readonly conversation: ConversationId | null;
  /** Resolves when the event was taken; only then it counts as told. */
  readonly tell: (event: FeedEvent) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Tells what happens, conversation by conversation in the order of places, from where it was left. An event is told at
 * least once: how far is written down after it was taken, and whoever ends in between hears it again, with the same id.
 */
export function createFeed(client: Client, { conversation, tell, signal }: FeedOptions) {
  const { messenger, store, unlocked } = client;
  const isMeant = (id: ConversationId) => conversation === null || conversation === id;
  /** Whose name and rules are known. */
  const met = new Set<ConversationId>();
  /** Where the server keeps back what comes next: what follows it would be told as if nothing was missing. */
  const short = new Set<ConversationId>();
  const toldOf = (id: ConversationId): Told => store.read().told[id] ?? NOTHING_TOLD;

  async function keep(id: ConversationId, change: Partial<Told>): Promise<void> {
    await store.update(({ told }) => {
      told[id] = { ...(told[id] ?? NOTHING_TOLD), ...change };
    });
  }

  /** @param upTo tells at least up to this place */
  async function tellConversation({ id }: Conversation, upTo: number): Promise<void> {
    if (!met.has(id)) await unlocked.find(id)?.preview();
    met.add(id);
    const one = messenger.getState().conversations?.find((listed) => listed.id === id);
    if (!one) return;
    await tellRoom(roomEvent(one));
    await tellRecords(one.id);
    const last = Math.max(upTo, unlocked.find(one.id)?.entries().at(-1)?.stored.seq ?? 0);
    const from = toldOf(one.id).seq;
    if (from < last && !short.has(id)) {
      for await (const { events, seq } of storedEvents(client, one, from, last)) {
        for (const event of events) await take(event);
        if (seq > toldOf(one.id).seq) await keep(one.id, { seq });
      }
      if (toldOf(id).seq < last) {
        short.add(id);
        const now = messenger.getState().conversations?.find((listed) => listed.id === id);
        if (now) await tellRoom(roomEvent(now));
      }
    }
    await tellReceipts(one.id);
  }

  /** Whoever reads may have stopped reading: what it has not taken by the signal is told the next time. */
  function take(event: FeedEvent): Promise<void> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      signal.addEventListener("abort", abort);
      tell(event)
        .then(resolve, reject)
        .finally(() => signal.removeEventListener("abort", abort));
    });
  }

  async function tellRoom(content: Omit<RoomEvent, "id">): Promise<void> {
    const room = JSON.stringify(content);
    const { conversation: id } = content;
    const before = toldOf(id);
    if (before.room === room) return;
    const rooms = before.rooms + 1;
    await take({ ...content, id: `${id}/room/${rooms}-${digest(room)}` });
    await keep(id, { room, rooms });
  }

  async function tellRecords(id: ConversationId): Promise<void> {
    const number = await recordNumber(id);
    const before = toldOf(id).record;
    if (number === null || number <= before) return;
    // Of one that is new here, the newest stands for all.
    const first = before === 0 ? number : before + 1;
    for (let each = first; each <= number; each++)
      await take({ type: "record", id: `${id}/record/${each}`, conversation: id, number: each });
    await keep(id, { record: number });
  }

  async function recordNumber(id: ConversationId): Promise<number | null> {
    try {
      return (await unlocked.parts.book.require(id)).state.number;
    } catch (error) {
      // A chain that is not accepted: the alert of the "room" event says so.
      if (error instanceof CryptoError || error instanceof IdentityChangedError) return null;
      throw error;
    }
  }

  async function tellReceipts(id: ConversationId): Promise<void> {
    for (const [account, { delivered, read }] of messenger.positions(id)) {
      const { positions } = toldOf(id);
      const [toldDelivered = 0, toldRead = 0] = positions[account] ?? [];
      if (delivered <= toldDelivered && read <= toldRead) continue;
      const person = await personOf(client, account);
      const receipt = `${id}/receipt/${account}/${delivered}/${read}`;
      await take({ type: "receipt", id: receipt, conversation: id, person, delivered, read });
      await keep(id, { positions: { ...positions, [account]: [delivered, read] } });
    }
  }

  async function tellGone(here: ReadonlySet<string>): Promise<void> {
    for (const [id, { room }] of Object.entries(store.read().told)) {
      if (here.has(id) || !isMeant(id as ConversationId)) continue;
      if (room === "") continue;
      const before: Omit<RoomEvent, "id"> = JSON.parse(room);
      if (!before.gone) await tellRoom({ ...before, gone: true, canSend: false });
      // How far stays: left out of the list for a moment, it must not be told from the beginning again.
      await keep(id as ConversationId, { room: "", positions: {} });
      met.delete(id as ConversationId);
    }
  }

  /** Everything that is known by now, once. */
  async function tellAll(upTo: ReadonlyMap<string, number>): Promise<void> {
    const { conversations } = messenger.getState();
    if (conversations === null) return;
    // Out of a room sooner than one hears of that: the next list is without it.
    for (const one of conversations.toReversed())
      if (isMeant(one.id)) await tellConversation(one, upTo.get(one.id) ?? 0).catch(unlessGone);
    await tellGone(new Set(conversations.map(({ id }) => id)));
  }

  return {
    /** What there is on the server now. @throws AppError */
    async tellPending(): Promise<void> {
      const { conversations } = await unlocked.parts.api.get("/api/conversations", conversationsAnswer);
      await tellAll(new Map(conversations.map(({ id, lastSeq }) => [id, lastSeq])));
    },

    /** What comes, until the signal; a network that is away ends nothing. @throws AppError, Failure */
    async follow(): Promise<void> {
      let changed = nextChange(client, signal);
      while (!signal.aborted) {
        try {
          await tellAll(new Map());
          await changed;
        } catch (error) {
          if (!(error instanceof AppError) || !ERRORS[error.code].retryable) throw error;
          await sleep(AGAIN_MS, undefined, { signal }).catch(() => {});
        }
        changed = nextChange(client, signal);
      }
    },
  };
}

/** Resolves at the next change of the state, or with the signal. @throws Failure where the session ends */
function nextChange(client: Client, signal: AbortSignal): Promise<boolean> {
  const before = client.messenger.getState();
  const changed = client.until((now) => (now !== before || signal.aborted ? true : null), null, signal);
  // It is awaited after what is told first, and must not count as unhandled until then.
  changed.catch(() => {});
  return changed;
}

function roomEvent({
  id: conversation,
  kind,
  peer,
  room,
  canSend,
  alert,
}: Conversation): Omit<RoomEvent, "id"> {
  return {
    ...{ type: "room", conversation, kind, name: peer?.name ?? room?.name ?? "", topic: room?.topic ?? "" },
    ...{ role: room?.role ?? null, members: room?.memberCount ?? 2, canSend, alert, gone: false },
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
