import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";
import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import type {
  ClientSocket,
  LocalDevice,
  OutboxEntry,
  Platform,
  PreparedKeys,
  SeenHead,
  Storage,
} from "../../lib/client/platform.ts";
import { createSearchIndex } from "../../lib/client/search/search-index.ts";
import type { SearchStore } from "../../lib/client/search/search-store.ts";
import type { LocalKey } from "../../lib/crypto/local-key.ts";
import { applySetCookies } from "../../lib/headless/platform/cookies.ts";
import {
  createNodePlatform,
  type NodeHost,
  openWebSocket,
} from "../../lib/headless/platform/node-platform.ts";
import { AppError } from "../../lib/protocol/errors.ts";

/** Between a device and its server, where tests lose, delay, double and reorder what passes. */
export interface Wire {
  /** A network that is down: requests fail, sockets close and do not open. */
  down: boolean;
  /** Sees every frame from the server; what it returns is delivered instead, each after its delay. */
  incoming(data: unknown): readonly { data: unknown; delayMs?: number }[];
  /** Sees the body of every good answer over HTTP; what it returns is believed instead. */
  answer(path: string, body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
  /** Sees every frame to the server; false drops it. */
  outgoing(data: unknown): boolean;
  /** How far the device's clock is ahead, in milliseconds. */
  clockAhead: number;
}

export function perfectWire(): Wire {
  return {
    down: false,
    incoming: (data) => [{ data }],
    answer: (_, body) => body,
    outgoing: () => true,
    clockAhead: 0,
  };
}

/** A browser profile in memory: cookies and storage outlive any number of platforms (tabs) made from it. */
export interface Profile {
  readonly cookies: Map<string, string>;
  readonly storage: Storage;
  readonly living: Set<string>;
  /** What a tab does alone, by name. */
  readonly exclusive: Map<string, Promise<unknown>>;
  /** What a proxy in front would say that this browser's address is; a server that trusts loopback believes it. */
  address?: string;
  /** Where the index for searching lies; without it, nothing is found and nothing read in the background. */
  searchStore?: (account: AccountId) => SearchStore;
}

export function newProfile(): Profile {
  return { cookies: new Map(), storage: createMemoryStorage(), living: new Set(), exclusive: new Map() };
}

/** lib/client in Node, as in a browser tab of `profile`. */
export function nodePlatform(
  origin: string,
  profile: Profile,
  wire: Wire = perfectWire(),
): Platform & { sockets: Set<WebSocket>; wake(): void; die(): void } {
  const owner = randomUUID();
  profile.living.add(owner);
  const sockets = new Set<WebSocket>();
  const wakers = new Set<() => void>();
  const host: NodeHost = {
    origin,
    deviceName: "Node test",
    userAgent: "sceau-test",
    idleAfter: 0,
    owner,
    storage: profile.storage,
    request(url, init) {
      if (profile.address) init.headers.set("x-forwarded-for", profile.address);
      return fetch(url, init);
    },
    cookies: () => profile.cookies,
    keepCookies: async (headers) => void applySetCookies(profile.cookies, headers),
    isGone: async (other) => !profile.living.has(other),
    async exclusive(name, work) {
      const before = profile.exclusive.get(name) ?? Promise.resolve();
      const done = before.then(work, work);
      profile.exclusive.set(name, done);
      return done;
    },
    onActivity: () => () => {},
  };
  const platform = createNodePlatform(host);

  return {
    ...platform,
    sockets,
    /** As when somebody comes back to the tab: what waits before it tries the network again tries at once. */
    wake() {
      for (const wake of [...wakers]) wake();
    },
    onConnectivity({ wake }) {
      wakers.add(wake);
      return () => wakers.delete(wake);
    },
    /** The tab is gone without a word. */
    die() {
      profile.living.delete(owner);
      for (const socket of sockets) socket.terminate();
    },
    async fetch(path, init) {
      if (wire.down) throw new TypeError("network down");
      const response = await platform.fetch(path, init);
      if (!response.ok || response.status === 204) return response;
      const body = wire.answer(path, new Uint8Array(await response.arrayBuffer()));
      return new Response(body, { status: response.status, headers: response.headers });
    },
    openSocket(path) {
      const socket = openWebSocket(host, path);
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      if (wire.down) socket.terminate();
      return throughWire(socket, wire);
    },
    now: () => Date.now() + wire.clockAhead,
    async openSearchIndex(account) {
      if (!profile.searchStore) throw new AppError("unavailable", "no index here");
      return { ...createSearchIndex(profile.searchStore(account)), stop: () => {} };
    },
  };
}

function throughWire(socket: WebSocket, wire: Wire): ClientSocket {
  const face: ClientSocket = {
    binaryType: "arraybuffer",
    get readyState() {
      return socket.readyState;
    },
    onclose: null,
    onmessage: null,
    send(data) {
      if (!wire.down && wire.outgoing(data)) socket.send(data);
    },
    close: () => socket.close(),
  };
  socket.on("close", (code) => face.onclose?.({ code }));
  socket.on("message", (raw, isBinary) => {
    if (wire.down) return;
    for (const { data, delayMs } of wire.incoming(isBinary ? raw : raw.toString())) {
      if (delayMs) setTimeout(() => face.onmessage?.({ data }), delayMs);
      else face.onmessage?.({ data });
    }
  });
  return face;
}

function createMemoryStorage(): Storage {
  const devices = new Map<string, LocalDevice>();
  const sequences = new Map<string, number>();
  const outbox = new Map<string, OutboxEntry>();
  const counters = new Map<string, Map<string, number>>();
  const heads = new Map<string, Map<ConversationId, SeenHead>>();
  const localKeys = new Map<string, LocalKey>();
  const drafts = new Map<string, Bytes>();
  const prepared = new Map<string, PreparedKeys>();
  return {
    findDevice: async (account) => devices.get(account) ?? null,
    async saveDevice(device) {
      devices.set(device.account, device);
    },
    persist: async () => {},
    async nextSequence(account, conversation) {
      const key = `${account} ${conversation}`;
      const next = (sequences.get(key) ?? 0) + 1;
      sequences.set(key, next);
      return next;
    },
    outbox: async (account) => [...outbox.values()].filter((entry) => entry.account === account),
    async putOutbox(entry, instead) {
      if (instead) outbox.delete(instead);
      outbox.set(entry.message, entry);
    },
    async removeOutbox(message) {
      outbox.delete(message);
    },
    seenCounters: async (account) => new Map(counters.get(account)),
    async raiseCounters(account, raised) {
      const own = new Map(counters.get(account));
      for (const [entry, counter] of raised) own.set(entry, Math.max(counter, own.get(entry) ?? 0));
      counters.set(account, own);
    },
    seenHeads: async (account) => new Map(heads.get(account)),
    async raiseHead(account, conversation, head) {
      const own = new Map(heads.get(account));
      if (head.number > (own.get(conversation)?.number ?? 0)) own.set(conversation, head);
      heads.set(account, own);
    },
    findLocalKey: async (account) => localKeys.get(account) ?? null,
    async addLocalKey(account, key) {
      const stored = localKeys.get(account) ?? key;
      localKeys.set(account, stored);
      return stored;
    },
    drafts: async (account) =>
      [...drafts.keys()].flatMap((key) =>
        key.startsWith(`${account} `) ? [key.slice(account.length + 1) as ConversationId] : [],
      ),
    findDraft: async (account, conversation) => drafts.get(`${account} ${conversation}`) ?? null,
    async putDraft(account, conversation, sealed) {
      if (sealed) drafts.set(`${account} ${conversation}`, sealed);
      else drafts.delete(`${account} ${conversation}`);
    },
    findPreparedKeys: async (account) => prepared.get(account) ?? null,
    async putPreparedKeys(account, keys) {
      if (keys) prepared.set(account, keys);
      else prepared.delete(account);
    },
    async erase(account) {
      prepared.delete(account);
      devices.delete(account);
      localKeys.delete(account);
      for (const key of drafts.keys()) if (key.startsWith(`${account} `)) drafts.delete(key);
      counters.delete(account);
      heads.delete(account);
      for (const [id, entry] of outbox) if (entry.account === account) outbox.delete(id);
    },
  };
}
