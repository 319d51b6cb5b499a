import type { AccountId, ConversationId } from "../../base/ids.ts";
import type { ConversationInfo } from "../../protocol/http/conversations.ts";
import type { Places, Positions } from "../model-messages.ts";
import type { Socket } from "../socket.ts";

/** How long receipts wait for company; in a room longer with each member, because each one's is told to each other. */
const RECEIPT_MS = 50;
const RECEIPT_MS_PER_MEMBER = 20;
const LONGEST_RECEIPT_MS = 2_000;
/** How long what others have received and read waits to be shown: in a room, one message brings many. */
const SHOWN_MS = 50;

const NOWHERE: Positions = { delivered: 0, deliveredAt: null, read: 0, readAt: null };

/** How far everybody has received and read one conversation; oneself first of all. */
export function createPositions(
  info: ConversationInfo,
  self: AccountId,
  deps: {
    readonly socket: Pick<Socket, "sendText">;
    lastLoaded(): number;
    /** Who left is waited for no more. */
    isMember(account: AccountId): boolean;
    /** Who shows nobody what they have read sees nobody's. */
    showsReads(): boolean;
    /** Whether nobody is told of anything. */
    isSilent(): boolean;
    onChange(): void;
  },
) {
  const conversation: ConversationId = info.id;
  const others = new Map<AccountId, Positions>();
  /** What the server is known to have; the rest is sent, again after every reconnect, until it has. */
  let confirmed: Places = { delivered: 0, read: 0 };
  for (const member of info.members) {
    if (member.id === self) confirmed = { delivered: member.deliveredSeq, read: member.readSeq };
    else raise(member.id, positionsOf(member));
  }
  /** Whether everybody is here: of a room, the list names two. */
  let complete = info.kind === "direct";
  let read = confirmed.read;
  let acknowledging = false;
  let showing = false;
  const receiptMs =
    info.kind === "direct"
      ? RECEIPT_MS
      : Math.min(LONGEST_RECEIPT_MS, RECEIPT_MS + RECEIPT_MS_PER_MEMBER * info.memberCount);

  function showSoon(): void {
    if (showing) return;
    showing = true;
    setTimeout(() => {
      showing = false;
      deps.onChange();
    }, SHOWN_MS);
  }

  function raise(account: AccountId, positions: Positions): void {
    const before = others.get(account) ?? NOWHERE;
    const delivers = positions.delivered > before.delivered;
    const reads = positions.read > before.read;
    others.set(account, {
      delivered: delivers ? positions.delivered : before.delivered,
      deliveredAt: delivers ? positions.deliveredAt : before.deliveredAt,
      read: reads ? positions.read : before.read,
      readAt: reads ? positions.readAt : before.readAt,
    });
  }

  const shown = (positions: Positions): Positions =>
    deps.showsReads() ? positions : { ...positions, read: 0, readAt: null };

  return {
    read: () => read,

    others: (): ReadonlyMap<AccountId, Positions> =>
      new Map([...others].map(([account, positions]) => [account, shown(positions)])),

    /** Up to where everybody else has received and read: an empty conversation has nobody to wait for. */
    ofOthers(): Places {
      if (!complete) return { delivered: 0, read: 0 };
      // For every message that is shown, in a room of a thousand too: nothing is made on the way.
      let [delivered, read] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (const [account, positions] of others) {
        if (!deps.isMember(account)) continue;
        delivered = Math.min(delivered, positions.delivered);
        read = deps.showsReads() ? Math.min(read, positions.read) : 0;
      }
      return { delivered, read };
    },

    /** Everybody who is in a room. */
    meet(members: ConversationInfo["members"]): void {
      complete = true;
      this.refresh(members);
      deps.onChange();
    },

    /** Those whom the list names. */
    refresh(members: ConversationInfo["members"]): void {
      for (const member of members) if (member.id !== self) raise(member.id, positionsOf(member));
    },

    /** Tells the server, soon, so that a burst of messages is one receipt. */
    acknowledge(): void {
      if (acknowledging) return;
      acknowledging = true;
      setTimeout(() => {
        acknowledging = false;
        if (deps.isSilent()) return;
        const delivered = Math.max(deps.lastLoaded(), read);
        if (delivered <= confirmed.delivered && read <= confirmed.read) return;
        // `read` only when it is news: it counts as the person's doing and keeps the session alive.
        const seen = read > confirmed.read ? { read } : {};
        deps.socket.sendText({ type: "receipt", conversation, delivered, ...seen });
      }, receiptMs);
    },

    /** @returns whether that is news */
    advance(seq: number): boolean {
      if (seq <= read) return false;
      read = seq;
      return true;
    },

    apply(account: AccountId, positions: Positions): void {
      if (account === self) {
        confirmed = positions;
        read = Math.max(read, positions.read);
        deps.onChange();
      } else {
        raise(account, positions);
        showSoon();
      }
    },
  };
}

function positionsOf(member: ConversationInfo["members"][number]): Positions {
  const { deliveredSeq: delivered, deliveredAt, readSeq: read, readAt } = member;
  return { delivered, deliveredAt, read, readAt };
}
