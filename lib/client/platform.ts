import type { Bytes } from "../base/bytes.ts";
import type { AccountId, ConversationId, DeviceId, MessageId } from "../base/ids.ts";
import type { WrappedDeviceSeed } from "../crypto/device-key.ts";
import type { LocalKey } from "../crypto/local-key.ts";
import type { SealedEnvelope } from "../crypto/message.ts";
import type { SearchKey } from "../crypto/search-key.ts";
import type { ErrorCode } from "../protocol/errors.ts";
import type { Shelf } from "./files/shelf.ts";
import type { Sealer } from "./seal-batch.ts";
import type { RunningIndex } from "./search/search-index.ts";

/** What the messenger needs of the place it runs in: a browser tab, or Node. */
export interface Platform {
  /** Same-origin fetch with the session cookie. Rejects when the network does. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  openSocket(path: string): ClientSocket;
  readonly storage: Storage;
  /** Name of this browser, for lists of devices. */
  readonly deviceName: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Of this tab or process, for what it leaves behind. Held until it ends, however it ends. */
  readonly owner: string;
  /** Whether the tab or process of that name is gone. */
  isGone(owner: string): Promise<boolean>;
  /** Runs `work` when no other tab of this browser runs something of that name. */
  exclusive<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** For sealing to many people; ended by whoever started it. */
  startSealer(): Promise<Sealer>;
  /** Calls back once, when there is nothing more urgent to do. */
  whenIdle(work: () => void): void;
  /** Between two pieces of long work that nobody waits for: resolves when the page has done what is more urgent. */
  breathe(): Promise<void>;
  /** Where sealed files wait for their upload. */
  openShelf(account: AccountId): Promise<Shelf>;
  /** What this browser can find messages with. @throws AppError "unavailable" where there is no such thing */
  openSearchIndex(account: AccountId, key: SearchKey, onBroken: () => void): Promise<RunningIndex>;
  /** `wake` when trying the network again is worthwhile (online again, visible again), `lost` when it is gone. */
  onConnectivity(listeners: { wake(): void; lost?(): void }): () => void;
  /** Calls back, often, while the person does something. */
  onActivity(listener: () => void): () => void;
  /** Calls back when the page comes into sight or leaves it, and at first if it is out of sight. */
  onVisibility(listener: (visible: boolean) => void): () => void;
}

/** The part of the WebSocket interface that is used. */
export interface ClientSocket {
  binaryType: string;
  readonly readyState: number;
  onclose: ((event: { code: number }) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send(data: Bytes | string): void;
  close(): void;
}

/** A device key as this browser keeps it. */
export interface DeviceKey extends WrappedDeviceSeed {
  /** Which vault key was the newest when it was made: a later one wants a new device key. */
  readonly vaultKeyVersion: number;
}

/** This browser as a device of one account. */
export interface LocalDevice extends DeviceKey {
  readonly account: AccountId;
  readonly device: DeviceId;
  /** Whose vault its keys open: they are never made for another identity. */
  readonly identityKey: Bytes;
  /** On its way to take the place of the key: the server may have accepted it, or not. */
  readonly pending?: DeviceKey;
}

/** An account's first keys between being made and being published. */
export interface PreparedKeys {
  readonly local: LocalDevice;
  /** The body of their publishing: nothing in it is secret. */
  readonly published: object;
  /** The recovery code, sealed under the local key. */
  readonly sealedCode: Bytes;
}

/** A message that the server has not acknowledged: sealed, so that nothing readable lies on the disk. */
export interface OutboxEntry {
  readonly message: MessageId;
  readonly account: AccountId;
  readonly conversation: ConversationId;
  readonly envelope: SealedEnvelope;
  /** Orders the entries of a conversation; milliseconds since 1970, made strictly increasing. */
  readonly queuedAt: number;
  /** The tab or process that sends it. */
  readonly owner: string;
  readonly failure: ErrorCode | null;
  /** The id that it has where it is scheduled: another browser may send the same under it. */
  readonly scheduled?: MessageId | null;
  /** Whether the server may have these bytes already; not said by an older version. */
  readonly mayBeStored?: boolean;
}

/** The newest record of a conversation that was accepted. */
export interface SeenHead {
  readonly number: number;
  readonly hash: Bytes;
}

/** What stays on this device. Every method is atomic, across tabs too. */
export interface Storage {
  findDevice(account: AccountId): Promise<LocalDevice | null>;
  saveDevice(device: LocalDevice): Promise<void>;
  /** Asks the browser not to evict what is stored here. */
  persist(): Promise<void>;
  /** 1, 2, 3, … for each conversation. */
  nextSequence(account: AccountId, conversation: ConversationId): Promise<number>;
  outbox(account: AccountId): Promise<OutboxEntry[]>;
  /** @param instead of this one, which goes in the same moment */
  putOutbox(entry: OutboxEntry, instead?: MessageId): Promise<void>;
  removeOutbox(message: MessageId): Promise<void>;
  /** Highest counter seen of each vault entry, and what tells its writing from another: a lower one later is a rollback. */
  seenCounters(account: AccountId): Promise<ReadonlyMap<string, number>>;
  raiseCounters(account: AccountId, counters: ReadonlyMap<string, number>): Promise<void>;
  /** Of each conversation the newest record that was accepted here: later there is no shorter or other chain. */
  seenHeads(account: AccountId): Promise<ReadonlyMap<ConversationId, SeenHead>>;
  /** Unless another tab has accepted a newer one. */
  raiseHead(account: AccountId, conversation: ConversationId, head: SeenHead): Promise<void>;
  /** The key that seals drafts here. */
  findLocalKey(account: AccountId): Promise<LocalKey | null>;
  /** @returns the key that is stored: another tab's, if that one was first */
  addLocalKey(account: AccountId, key: LocalKey): Promise<LocalKey>;
  /** The conversations that have one. */
  drafts(account: AccountId): Promise<ConversationId[]>;
  findDraft(account: AccountId, conversation: ConversationId): Promise<Bytes | null>;
  /** @param sealed null removes it */
  putDraft(account: AccountId, conversation: ConversationId, sealed: Bytes | null): Promise<void>;
  /** First keys that are not published yet. */
  findPreparedKeys(account: AccountId): Promise<PreparedKeys | null>;
  /** @param keys null erases them */
  putPreparedKeys(account: AccountId, keys: PreparedKeys | null): Promise<void>;
  /** Everything of this account on this device, keys first. */
  erase(account: AccountId): Promise<void>;
}
