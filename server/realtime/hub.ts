import type { AccountId, ConversationId, SessionId } from "../../lib/base/ids.ts";
import { encodeStored, type ServerTextFrame } from "../../lib/protocol/frames.ts";
import type { Visibility } from "../../lib/protocol/visibility.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { ServerMetrics } from "../server-metrics.ts";
import type { ServerEvent } from "../services/publish.ts";
import type { Connection } from "./connection.ts";
import { conversationOf } from "./conversation-of.ts";
import { type OutgoingFrame, toFrame, toMessageFrame } from "./outgoing.ts";

/** Who is connected here, and the delivery of what services publish. A frame is encoded once for everybody. */
export function createHub(metrics: Pick<ServerMetrics, "fanOut">) {
  const byAccount = new Map<AccountId, Set<Connection>>();
  const bySession = new Map<SessionId, Set<Connection>>();
  /** Of who is connected here: it decides about frames, where there is no time to ask. */
  const visibilities = new Map<AccountId, Visibility>();

  /** @param room where the frame is about what is said there */
  function deliver(members: readonly AccountId[], frame: OutgoingFrame, room?: ConversationId): void {
    for (const member of members) {
      for (const connection of byAccount.get(member) ?? [])
        if (!room || !connection.refusedRooms.has(room)) connection.send(frame);
    }
  }

  /** The receipt goes the same way as the messages around it: a sender sees every conversation in order. */
  function deliverMessage({ members, message, origin }: Extract<ServerEvent, { type: "message" }>): void {
    const frame = toMessageFrame(message);
    let sockets = 0;
    for (const member of members) {
      for (const connection of byAccount.get(member) ?? []) {
        sockets += 1;
        const own = connection.id === origin.connection;
        if (!own && isRefused(connection, message.envelope)) continue;
        connection.send(own ? toFrame(encodeStored(origin.request, message.seq, message.storedAt)) : frame);
      }
    }
    metrics.fanOut(sockets);
  }

  /** Who does not show what they read is shown nobody's; one's own browsers hear of the place itself. */
  function deliverReceipt(event: Extract<ServerEvent, { type: "receipt" }>): void {
    const { members, ownRead, ...receipt } = event;
    const shown = text(receipt);
    const withoutRead = text({ ...receipt, read: 0, readAt: null });
    for (const member of members) {
      const others = visibilities.get(member)?.readStates ? shown : withoutRead;
      const own = member === receipt.account;
      deliver([member], own ? text({ ...receipt, read: ownRead }) : others, receipt.conversation);
    }
  }

  /** Of who is still connected here. */
  function setVisibility(account: AccountId, visibility: Visibility): void {
    if (visibilities.has(account)) visibilities.set(account, visibility);
  }

  const text = (frame: ServerTextFrame) => toFrame(JSON.stringify(frame));

  return {
    add(connection: Connection, visibility: Visibility): void {
      addTo(byAccount, connection.session.accountId, connection);
      addTo(bySession, connection.session.id, connection);
      visibilities.set(connection.session.accountId, visibility);
    },

    remove(connection: Connection): void {
      const { accountId, id } = connection.session;
      removeFrom(byAccount, accountId, connection);
      removeFrom(bySession, id, connection);
      if (!byAccount.has(accountId)) visibilities.delete(accountId);
    },

    /** Of who is connected here. */
    visibilityOf: (account: AccountId): Visibility | null => visibilities.get(account) ?? null,

    setVisibility,
    accounts: (): AccountId[] => [...byAccount.keys()],
    sessions: (): SessionId[] => [...bySession.keys()],

    /** How many people are connected here, and by how many sockets. */
    count(): { people: number; sockets: number } {
      let sockets = 0;
      for (const connections of byAccount.values()) sockets += connections.size;
      return { people: byAccount.size, sockets };
    },

    socketsOfSession: (session: SessionId): number => bySession.get(session)?.size ?? 0,

    handle(event: ServerEvent): void {
      switch (event.type) {
        case "message":
          deliverMessage(event);
          break;
        case "receipt":
          deliverReceipt(event);
          break;
        case "record": {
          const { members, ...record } = event;
          deliver(members, text({ ...record, ...audienceOf(members) }));
          break;
        }
        case "profile": {
          const { members, ...profile } = event;
          deliver(members, text({ ...profile, ...audienceOf(members) }));
          break;
        }
        case "join-request":
          deliver(
            event.members,
            text({ type: "join-request", conversation: event.conversation }),
            event.conversation,
          );
          break;
        case "muted": {
          const { account, ...muted } = event;
          deliver([account], text(muted));
          break;
        }
        case "vault":
          deliver([event.account], text({ type: "vault" }));
          break;
        case "vault-entry": {
          const { account, ...written } = event;
          deliver([account], text(written));
          break;
        }
        case "identity":
          deliver(event.members, text({ type: "identity", account: event.account }));
          break;
        case "person":
          deliver(event.members, text({ type: "person", person: event.person }));
          break;
        case "notice":
          for (const connection of byAccount.get(event.account) ?? []) {
            if (connection.session.id !== event.except) connection.sendText({ type: "notice" });
          }
          break;
        case "closed":
          deliver(event.members, text({ type: "closed", conversation: event.conversation }));
          break;
        case "visibility": {
          const { account, ...frame } = event;
          setVisibility(account, event.visibility);
          deliver([account], text(frame));
          break;
        }
        case "announcements":
          deliver([...byAccount.keys()], toFrame(JSON.stringify(event)));
          break;
        case "policies":
        case "access-rules":
        case "archived":
        case "room-offer":
          // Not for browsers.
          break;
        case "session-ended":
          for (const connection of bySession.get(event.session) ?? []) connection.close("signed-out");
          break;
      }
    },

    /** @param people all that are here, unless told */
    *connections(people: Iterable<AccountId> = byAccount.keys()): Iterable<Connection> {
      for (const account of people) yield* byAccount.get(account) ?? [];
    },
  };
}

/** Parses the envelope only for sockets that some room refuses: nearly none. */
function isRefused({ refusedRooms }: Connection, envelope: Uint8Array): boolean {
  if (refusedRooms.size === 0) return false;
  const room = conversationOf(envelope);
  return room === null || refusedRooms.has(room);
}

/** Tells browsers how many people hear this, so that in a large room each waits a random moment before it asks. */
function audienceOf({ length }: readonly AccountId[]): { audience?: number } {
  return length > SERVER_LIMITS.atOnce ? { audience: length } : {};
}

export type Hub = ReturnType<typeof createHub>;

function addTo<Key>(map: Map<Key, Set<Connection>>, key: Key, connection: Connection): void {
  const set = map.get(key);
  if (set) set.add(connection);
  else map.set(key, new Set([connection]));
}

function removeFrom<Key>(map: Map<Key, Set<Connection>>, key: Key, connection: Connection): void {
  const set = map.get(key);
  set?.delete(connection);
  if (set?.size === 0) map.delete(key);
}
