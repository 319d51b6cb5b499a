import type { AccountId, ConversationId } from "../../base/ids.ts";
import type { ConversationInfo } from "../../protocol/http/conversations.ts";
import type { Person } from "../model.ts";
import type { Positions } from "../model-messages.ts";
import type { Socket } from "../socket.ts";

/** How long receipts wait for company. */
const RECEIPT_MS = 50;

/** How far everybody has received and read one conversation; oneself first of all. */
export function createPositions(
  info: ConversationInfo,
  self: AccountId,
  deps: {
    readonly socket: Pick<Socket, "sendText">;
    lastLoaded(): number;
    /** Who left is waited for no more. */
    isMember(account: AccountId): boolean;
    onChange(): void;
  },
) {
  const conversation: ConversationId = info.id;
  const others = new Map<AccountId, Positions>();
  /** What the server is known to have; the rest is sent, again after every reconnect, until it has. */
  let confirmed: Positions = { delivered: 0, read: 0 };
  for (const { id, deliveredSeq, readSeq } of info.members) {
    if (id === self) confirmed = { delivered: deliveredSeq, read: readSeq };
    else others.set(id, { delivered: deliveredSeq, read: readSeq });
  }
  /** Whether everybody is here: of a room, the list names two. */
  let complete = info.kind === "direct";
  let read = confirmed.read;
  let acknowledging = false;

  function raise(account: AccountId, positions: Positions): void {
    const before = others.get(account) ?? { delivered: 0, read: 0 };
    others.set(account, {
      delivered: Math.max(before.delivered, positions.delivered),
      read: Math.max(before.read, positions.read),
    });
  }

  return {
    read: () => read,

    /** Of each other person; when they got there nobody writes down. */
    others: (): ReadonlyMap<AccountId, Positions> => new Map(others),

    /** Up to where everybody else has received and read: an empty conversation has nobody to wait for. */
    ofOthers(): Positions {
      if (!complete) return { delivered: 0, read: 0 };
      const all = [...others].flatMap(([account, positions]) => (deps.isMember(account) ? [positions] : []));
      return {
        delivered: Math.min(...all.map(({ delivered }) => delivered)),
        read: Math.min(...all.map((one) => one.read)),
      };
    },

    /** Everybody who is in a room. */
    meet(members: readonly (Pick<Person, "id"> & { deliveredSeq: number; readSeq: number })[]): void {
      complete = true;
      for (const { id, deliveredSeq, readSeq } of members)
        if (id !== self) raise(id, { delivered: deliveredSeq, read: readSeq });
      deps.onChange();
    },

    /** Tells the server, soon, so that a burst of messages is one receipt. */
    acknowledge(): void {
      if (acknowledging) return;
      acknowledging = true;
      setTimeout(() => {
        acknowledging = false;
        const delivered = Math.max(deps.lastLoaded(), read);
        if (delivered <= confirmed.delivered && read <= confirmed.read) return;
        // `read` only when it is news: it counts as the person's doing and keeps the session alive.
        const seen = read > confirmed.read ? { read } : {};
        deps.socket.sendText({ type: "receipt", conversation, delivered, ...seen });
      }, RECEIPT_MS);
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
      } else {
        raise(account, positions);
      }
      deps.onChange();
    },
  };
}
