import type { AccountId, ConversationId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import type { Content, RemarkOf } from "../../protocol/content.ts";
import { decodeStoredMessage, type StoredMessage } from "../../protocol/frames.ts";
import type { ConversationInfo } from "../../protocol/http/conversations.ts";
import type { Api } from "../api.ts";
import { type Identities, IdentityChangedError } from "../identities.ts";
import type { KeyBook } from "../key-book.ts";
import {
  type Conversation,
  type ConversationAlert,
  type Message,
  type Person,
  personOf,
  type Timeline,
} from "../model.ts";
import type { Positions } from "../model-messages.ts";
import type { Outbox } from "../outbox.ts";
import type { LocalDevice, Platform } from "../platform.ts";
import type { Socket } from "../socket.ts";
import type { Vault } from "../vault.ts";
import { createErasing } from "./erasing.ts";
import { createLookBack } from "./look-back.ts";
import { createMessageLog } from "./message-log.ts";
import { headerOf } from "./open-stored.ts";
import { createPositions } from "./positions.ts";
import { createProjection } from "./projection.ts";
import { createSealing } from "./sealing.ts";
import { countUnread } from "./unread.ts";

export interface ConversationDeps {
  readonly api: Api;
  readonly platform: Platform;
  readonly vault: Vault;
  readonly device: LocalDevice;
  readonly identities: Identities;
  readonly book: KeyBook;
  readonly socket: Pick<Socket, "sendText">;
  readonly outbox: Pick<Outbox, "unsent" | "discard" | "close">;
  readonly onChange: (conversation: ConversationId) => void;
}

/** An alert that stops sending; the others only warn. */
const BLOCKING: readonly (ConversationAlert | null)[] = ["identity-changed", "broken-record"];

/** One conversation as this device lives it: log, positions, alerts, and what views see of it. */
export function createConversationModel(info: ConversationInfo, deps: ConversationDeps) {
  const { vault, identities, book, socket, outbox } = deps;
  const { id } = info;
  const self = vault.account;
  const other = info.members.find((member) => member.id !== self) ?? info.members[0];
  if (!other) throw new CryptoError("malformed", "a conversation without members");
  let peer: Person = personOf(other);
  let closed = info.closed;

  let lastSeq = info.lastSeq;
  let activeAt = info.createdAt;
  let alert: ConversationAlert | null = null;
  let opened: "no" | "loading" | "ready" | "failed" = "no";
  let older: Timeline["older"] = "idle";
  let unreadAfter: number | null = null;
  /** One after the other: what was asked for before an acceptance must not have the last word. */
  let reviewing: Promise<void> = Promise.resolve();

  const changed = () => deps.onChange(id);
  const raise = (raised: ConversationAlert) => {
    if (BLOCKING.includes(alert) || alert === raised) return;
    alert = raised;
    changed();
  };
  const log = createMessageLog(id, { api: deps.api, book, onChange: logChanged, onAlert: raise });
  const positions = createPositions(info, self, { socket, lastLoaded: log.last, onChange: changed });
  const sealing = createSealing(id, { ...deps, log, lastSeq: () => lastSeq });
  const projection = createProjection(self, info.kind);
  const erasing = createErasing(id, self, deps.api);
  const messages = (): readonly Message[] =>
    projection.messages(log.entries(), outbox.unsent(id), positions.ofOthers());

  function logChanged(): void {
    messages();
    const gone = projection.takeGone();
    erasing.begin(gone);
    log.drop(gone.flatMap(({ entries }) => entries));
    changed();
  }

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof IdentityChangedError) raise("identity-changed");
      else if (error instanceof CryptoError) raise("broken-record");
      else throw error;
    }
  }

  async function review(): Promise<void> {
    if (alert === "identity-changed") alert = null;
    book.forget(id);
    try {
      await guarded(async () => {
        await log.reopen();
        await identities.refresh(peer.id);
        await book.require(id);
      });
    } finally {
      changed();
    }
  }

  async function loadOlder(): Promise<void> {
    if (older === "loading" || log.first() <= 1) return;
    older = "loading";
    changed();
    try {
      await guarded(lookBack.more);
      older = "idle";
    } catch (error) {
      older = "failed";
      throw error;
    } finally {
      changed();
    }
  }

  const lookBack = createLookBack({ log, lastSeq: () => lastSeq, read: positions.read, messages });

  return {
    id,
    get peer(): Person {
      return peer;
    },

    isClosed: () => closed,

    view(): Conversation {
      const newest = messages().at(-1) ?? null;
      return {
        id,
        kind: info.kind,
        peer,
        room: null,
        ...countUnread(messages(), positions.read(), { first: log.first(), last: log.last() }, lastSeq),
        newest,
        // What is only said about messages moves nothing to the top.
        activeAt: newest?.at ?? activeAt,
        alert,
        canSend: !closed && !BLOCKING.includes(alert),
      };
    },

    timeline(): Timeline | null {
      if (opened === "no") return null;
      return { state: opened, messages: messages(), hasOlder: log.first() > 1, older, unreadAfter };
    },

    /** The newest message for the list; also the first look at the keys of this conversation. */
    preview: (): Promise<void> =>
      guarded(async () => {
        if (info.newest && log.entries().length === 0) await log.receive(decodeStoredMessage(info.newest));
        else await book.require(id);
        positions.acknowledge();
      }),

    /** How many are unread, and what to show where the newest is no message. */
    count: (): Promise<void> => guarded(() => lookBack.count(() => opened !== "no")),

    receive: (message: StoredMessage): Promise<void> =>
      guarded(async () => {
        lastSeq = Math.max(lastSeq, message.seq);
        activeAt = Math.max(activeAt, message.storedAt);
        // What was sent from another browser of one's own has been seen there.
        if (headerOf(message)?.sender === self && message.seq === positions.read() + 1)
          positions.advance(message.seq);
        await log.receive(message);
        positions.acknowledge();
      }),

    /** After a reconnect. */
    catchUp: (head: number): Promise<void> =>
      guarded(async () => {
        const grown = head > lastSeq;
        lastSeq = Math.max(lastSeq, head);
        if (log.entries().length > 0) await log.catchUp(head);
        else if (grown) await log.loadOlder(lastSeq);
        positions.acknowledge();
        erasing.begin();
        changed();
        if (opened !== "no") await identities.require(peer.id);
      }),

    async recordAppended(): Promise<void> {
      if (alert === "identity-changed") return this.reviewIdentity();
      book.forget(id);
      await guarded(async () => {
        await log.reopen();
        // At hand when the network is not.
        await book.require(id);
      });
    },

    /** The peer's identity changed, or was accepted: asks again, and opens what waited for that. */
    reviewIdentity(): Promise<void> {
      reviewing = reviewing.then(review, review);
      return reviewing;
    },

    async open(): Promise<void> {
      // Another browser of one's own may have accepted it.
      if (opened === "ready" && alert === "identity-changed") return this.reviewIdentity();
      if (opened === "loading" || opened === "ready") return;
      opened = "loading";
      const read = positions.read();
      unreadAfter = lastSeq > read ? read : null;
      changed();
      try {
        await guarded(async () => {
          if (log.last() < lastSeq && log.entries().length > 0) await log.catchUp(lastSeq);
          await lookBack.screen();
          // Last: what was written before stays readable whoever the peer is now.
          await identities.refresh(peer.id);
        });
        opened = "ready";
        positions.acknowledge();
      } catch (error) {
        opened = "failed";
        throw error;
      } finally {
        changed();
      }
    },

    loadOlder,

    async reveal(seq: number): Promise<void> {
      for (let first = log.first(); seq < first; first = log.first()) {
        await loadOlder();
        if (log.first() === first) return;
      }
    },

    markRead(): void {
      if (!positions.advance(log.last())) return;
      positions.acknowledge();
      changed();
    },

    positions: positions.others,

    /** As it goes out: a deletion takes along what is known, and what one still wanted to say about it is not said. */
    async complete(content: RemarkOf<"delete">): Promise<Content> {
      for (const { id: unsent, content: said } of [...outbox.unsent(id)])
        if ("target" in said && said.target.seq === content.target.seq) await outbox.discard(id, unsent);
      return projection.withAll(content);
    },

    /** After one's own message was stored. Whatever ends in between, the outbox asks again. @throws AppError */
    async finish(content: Content): Promise<void> {
      if (content.type !== "delete") return;
      const { target, also = [] } = content;
      const senderAt = (seq: number) => log.entries()[seq - log.first()]?.sender;
      // What is not loaded here may be one's own.
      const theirs = also.filter((seq) => [undefined, self, senderAt(target.seq)].includes(senderAt(seq)));
      await erasing.erase([target.seq, ...theirs]);
    },

    applyReceipt: (account: AccountId, seen: Positions): void => positions.apply(account, seen),

    /** The conversation as the server lists it now. */
    async applyInfo(now: ConversationInfo): Promise<void> {
      const gone = now.members.find((member) => member.id === peer.id);
      if (gone) peer = personOf(gone);
      closed = now.closed;
      if (closed) await outbox.close(id);
      changed();
    },

    /** Name, status or picture changed. */
    applyPerson(person: Person): void {
      if (person.id !== peer.id) return;
      peer = person;
      changed();
    },

    /** Before something is sent. A member whose identity changed stops it, as an alert. */
    changeKeyIfDue: (): Promise<void> =>
      guarded(async () => {
        await identities.require(peer.id);
        await sealing.changeKeyIfDue();
      }),

    isCurrent: sealing.isCurrent,
    seal: sealing.seal,
  };
}

export type ConversationModel = ReturnType<typeof createConversationModel>;
