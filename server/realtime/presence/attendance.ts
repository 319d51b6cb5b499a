import type { AccountId } from "../../../lib/base/ids.ts";
import type { Availability, Presence } from "../../../lib/protocol/visibility.ts";
import type { Publish, ServerEvent } from "../../services/publish.ts";
import type { Connection } from "../connection.ts";

/** How long a socket that is gone still counts: a reload or a short loss of the network is nobody's leaving. */
export const LINGER_MS = 5_000;

interface Attending {
  /** By socket: whether somebody is at it. */
  readonly sockets: Map<Connection, boolean>;
  availability: Availability;
  /** As their browser said; null before it has. */
  hiddenFrom: readonly AccountId[] | null;
  /** As it was published last. */
  published: Presence;
}

/**
 * How the people whose sockets are here look to others. A change is published; whoever is not named by any such
 * event is offline.
 */
export function createAttendance(publish: Publish) {
  const attending = new Map<AccountId, Attending>();

  function review(account: AccountId, one: Attending): void {
    const presence = presenceOf(one);
    const isGone = one.sockets.size === 0;
    if (isGone) attending.delete(account);
    if (presence !== one.published) {
      one.published = presence;
      publish({ type: "presence", account, presence });
    }
    // Of somebody invisible too, who was offline for others all the time.
    if (isGone && one.hiddenFrom?.length) publish({ type: "hidden", account, from: [] });
  }

  return {
    add(connection: Connection, availability: Availability): void {
      const { accountId } = connection.session;
      const one: Attending = attending.get(accountId) ?? {
        sockets: new Map(),
        availability,
        hiddenFrom: null,
        published: "offline",
      };
      one.sockets.set(connection, true);
      one.availability = availability;
      attending.set(accountId, one);
      review(accountId, one);
    },

    remove(connection: Connection): void {
      const { accountId } = connection.session;
      setTimeout(() => {
        const one = attending.get(accountId);
        if (one?.sockets.delete(connection)) review(accountId, one);
      }, LINGER_MS).unref();
    },

    /** From then on the person is there for others. */
    hide(connection: Connection, people: readonly AccountId[]): void {
      const { accountId } = connection.session;
      const one = attending.get(accountId);
      if (!one?.sockets.has(connection)) return;
      one.hiddenFrom = people;
      publish({ type: "hidden", account: accountId, from: people });
      review(accountId, one);
    },

    setActive(connection: Connection, active: boolean): void {
      const { accountId } = connection.session;
      const one = attending.get(accountId);
      if (!one?.sockets.has(connection)) return;
      one.sockets.set(connection, active);
      review(accountId, one);
    },

    /** Once more what was published of who is here: whom they are hidden from, then how they look. */
    *published(): Iterable<ServerEvent> {
      for (const [account, { published, hiddenFrom }] of attending) {
        if (hiddenFrom?.length) yield { type: "hidden", account, from: hiddenFrom };
        if (published !== "offline") yield { type: "presence", account, presence: published };
      }
    },

    setAvailability(account: AccountId, availability: Availability): void {
      const one = attending.get(account);
      if (!one) return;
      one.availability = availability;
      review(account, one);
    },
  };
}

function presenceOf({ sockets, availability, hiddenFrom }: Attending): Presence {
  if (sockets.size === 0 || availability === "invisible" || !hiddenFrom) return "offline";
  if (availability === "busy") return "busy";
  return [...sockets.values()].includes(true) ? "online" : "away";
}
