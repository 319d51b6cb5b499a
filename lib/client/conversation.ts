import { equalBytes } from "../base/bytes.ts";
import type { AccountId, ConversationId, MessageId } from "../base/ids.ts";
import { CryptoError } from "../crypto/errors.ts";
import { type SealedEnvelope, sealMessage } from "../crypto/message.ts";
import { encodeContent } from "../protocol/content.ts";
import { AppError } from "../protocol/errors.ts";
import { decodeStoredMessage, type StoredMessage } from "../protocol/frames.ts";
import type { ConversationInfo } from "../protocol/http/conversations.ts";
import { parseEnvelope } from "../protocol/layout/envelope.ts";
import { LIMITS } from "../protocol/limits.ts";
import type { Api } from "./api.ts";
import { type Identities, IdentityChangedError } from "./identities.ts";
import type { ConversationKeys, KeyBook } from "./key-book.ts";
import { createMessageLog } from "./message-log.ts";
import { createMessageViews } from "./message-views.ts";
import type { Conversation, ConversationAlert, Message, Person, Timeline } from "./model.ts";
import { headerOf } from "./open-stored.ts";
import type { Outbox } from "./outbox.ts";
import { currentCertificateHash, findOwnSigningKey } from "./own-keys.ts";
import type { LocalDevice, Platform } from "./platform.ts";
import { isRotationDue } from "./rotation-due.ts";
import type { Socket } from "./socket.ts";
import type { Vault } from "./vault.ts";

export interface ConversationDeps {
  readonly api: Api;
  readonly platform: Platform;
  readonly vault: Vault;
  readonly device: LocalDevice;
  readonly identities: Identities;
  readonly book: KeyBook;
  readonly socket: Pick<Socket, "sendText">;
  readonly outbox: Pick<Outbox, "unsent" | "close">;
  readonly onChange: (conversation: ConversationId) => void;
}

/** How long receipts wait for company. */
const RECEIPT_MS = 50;

/** An alert that stops sending; the others only warn. */
const BLOCKING: readonly (ConversationAlert | null)[] = ["identity-changed", "broken-record"];

/** One conversation as this device lives it: log, positions, alerts, and what views see of it. */
export function createConversationModel(info: ConversationInfo, deps: ConversationDeps) {
  const { api, platform, vault, device, identities, book, socket, outbox } = deps;
  const { id } = info;
  const self = vault.account;
  const other = info.members.find((member) => member.id !== self) ?? info.members[0];
  if (!other) throw new CryptoError("malformed", "a conversation without members");
  let peer: Person = personOf(other);
  let closed = info.closed;

  let lastSeq = info.lastSeq;
  let activeAt = info.createdAt;
  const own = info.members.find((member) => member.id === self);
  /** What the server is known to have; the rest is sent, again after every reconnect, until it has. */
  let confirmed = { delivered: own?.deliveredSeq ?? 0, read: own?.readSeq ?? 0 };
  let read = confirmed.read;
  let acknowledging = false;
  let peerDelivered = other.deliveredSeq;
  let peerRead = other.readSeq;
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
  const log = createMessageLog(id, { api, book, onChange: changed, onAlert: raise });
  const views = createMessageViews(self);

  /** Soon, so that a burst of messages is one receipt. */
  function acknowledge(): void {
    if (acknowledging) return;
    acknowledging = true;
    setTimeout(() => {
      acknowledging = false;
      const delivered = Math.max(log.last(), read);
      if (delivered <= confirmed.delivered && read <= confirmed.read) return;
      // `read` only when it is news: it counts as the person's doing and keeps the session alive.
      const seen = read > confirmed.read ? { read } : {};
      socket.sendText({ type: "receipt", conversation: id, delivered, ...seen });
    }, RECEIPT_MS);
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

  async function isDue(keys: ConversationKeys): Promise<boolean> {
    const certificateHash = await currentCertificateHash(vault.root());
    return isRotationDue(keys, { account: self, certificateHash, lastSeq, now: platform.now() });
  }

  async function changeKey(): Promise<void> {
    const { rotate } = await import("./rotation.ts").catch(() => {
      throw new AppError("offline", "code not loaded");
    });
    await rotate({ api, vault, identities, book, now: platform.now }, id, isDue);
  }

  /** Messages are signed with the key that the newest record lists; where that is gone, a new one is listed first. */
  async function requireSealing() {
    for (let changed = false; ; changed = true) {
      const keys = await book.require(id);
      const listed = keys.state.members.get(self)?.certificateHash;
      const signingKey = listed && (await findOwnSigningKey(vault.root(), listed));
      const { state, key } = keys;
      if (signingKey && key) return { state, key, signingKey };
      if (changed) throw new CryptoError("waiting-for-key", "no key of one's own is listed");
      await changeKey();
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

  function messages(): Message[] {
    const stored = log.entries();
    const known = new Set<MessageId>();
    const shown: Message[] = [];
    for (const entry of stored) {
      known.add(entry.id);
      if (!entry.replayed) shown.push(views.stored(entry, peerDelivered, peerRead));
    }
    for (const item of outbox.unsent(id)) if (!known.has(item.id)) shown.push(views.unsent(item));
    return shown;
  }

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
        peer,
        unread: Math.max(0, lastSeq - read),
        newest,
        activeAt: Math.max(activeAt, newest?.at ?? 0),
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
        acknowledge();
      }),

    receive: (message: StoredMessage): Promise<void> =>
      guarded(async () => {
        lastSeq = Math.max(lastSeq, message.seq);
        activeAt = Math.max(activeAt, message.storedAt);
        // What was sent from another browser of one's own has been seen there.
        if (headerOf(message)?.sender === self && message.seq === read + 1) read = message.seq;
        await log.receive(message);
        acknowledge();
      }),

    /** After a reconnect. */
    catchUp: (head: number): Promise<void> =>
      guarded(async () => {
        const grown = head > lastSeq;
        lastSeq = Math.max(lastSeq, head);
        if (log.entries().length > 0) await log.catchUp(head);
        else if (grown) await log.loadOlder(lastSeq);
        acknowledge();
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
      unreadAfter = lastSeq > read ? read : null;
      changed();
      try {
        await guarded(async () => {
          if (log.last() < lastSeq && log.entries().length > 0) await log.catchUp(lastSeq);
          if (log.entries().length < LIMITS.historyPage) await log.loadOlder(lastSeq);
          // Last: what was written before stays readable whoever the peer is now.
          await identities.refresh(peer.id);
        });
        opened = "ready";
        acknowledge();
      } catch (error) {
        opened = "failed";
        throw error;
      } finally {
        changed();
      }
    },

    async loadOlder(): Promise<void> {
      if (older === "loading" || log.first() <= 1) return;
      older = "loading";
      changed();
      try {
        await guarded(() => log.loadOlder(lastSeq));
        older = "idle";
      } catch (error) {
        older = "failed";
        throw error;
      } finally {
        changed();
      }
    },

    markRead(): void {
      const seq = log.last();
      if (seq <= read) return;
      read = seq;
      acknowledge();
      changed();
    },

    applyReceipt(account: AccountId, positions: { delivered: number; read: number }): void {
      if (account === self) {
        confirmed = positions;
        read = Math.max(read, positions.read);
      } else {
        peerDelivered = Math.max(peerDelivered, positions.delivered);
        peerRead = Math.max(peerRead, positions.read);
      }
      changed();
    },

    /** Name, status or picture changed. */
    /** The conversation as the server lists it now. */
    async applyInfo(now: ConversationInfo): Promise<void> {
      const gone = now.members.find((member) => member.id === peer.id);
      if (gone) peer = personOf(gone);
      closed = now.closed;
      if (closed) await outbox.close(id);
      changed();
    },

    applyPerson(person: Person): void {
      if (person.id !== peer.id) return;
      peer = person;
      changed();
    },

    /** Before something is sent (docs/protocol.md §4.5). A member whose identity changed stops it, as an alert. */
    changeKeyIfDue: (): Promise<void> =>
      guarded(async () => {
        await identities.require(peer.id);
        if (await isDue(await book.require(id))) await changeKey();
      }),

    /** Whether it was sealed under the newest record that is known. */
    async isCurrent(envelope: SealedEnvelope): Promise<boolean> {
      const { recordHash } = parseEnvelope(envelope).header;
      return equalBytes(recordHash, (await book.require(id)).state.head);
    },

    async seal(message: MessageId, text: string): Promise<SealedEnvelope> {
      const { state, key, signingKey } = await requireSealing();
      const [{ position, head }, deviceSequence] = await Promise.all([
        log.transcriptHead(),
        platform.storage.nextSequence(self, id),
      ]);
      return sealMessage(
        {
          conversation: id,
          sender: self,
          message,
          keyEpoch: state.keyEpoch,
          recordHash: state.head,
          device: device.device,
          deviceSequence,
          transcriptHead: head,
          transcriptPosition: position,
          sentAt: platform.now(),
          content: encodeContent({ type: "text", text }),
        },
        key,
        signingKey,
      );
    },
  };
}

function personOf({ id, name, displayName, status, picture, deleted }: Person): Person {
  return { id, name, displayName, status, picture, ...(deleted && { deleted }) };
}
export type ConversationModel = ReturnType<typeof createConversationModel>;
