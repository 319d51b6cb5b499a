import { randomBytes } from "node:crypto";
import { idFromBytes } from "../../../lib/base/ids.ts";
import type { Log } from "../../log.ts";
import type { OtherNodes } from "../../services/other-nodes.ts";
import type { SharedLimits } from "../../services/shared-limits.ts";
import type { Bus } from "../bus.ts";
import type { Hub } from "../hub.ts";
import type { Presence } from "../presence/presence.ts";
import { createCatchUp, type Heads } from "./catch-up.ts";
import { decodePacket, encodeItem, encodePacket, type NodeItem, nodeOf, type Packet } from "./packet.ts";
import type { Link } from "./redis-link.ts";

/** How often a node says that it lives, and looks whether it has to ask the database. */
const BEAT_MS = 1_000;
/** Nothing of one's own came back for that long: whatever the connection says, nobody hears of anything. */
const ECHO_MS = 3_000;
/** A node that was silent for that long is gone, and who was with it. */
const SILENT_MS = 5_000;
/** How often the database is asked although nothing seems to be missing. */
const LOOK_MS = 30_000;
/** How often browsers hear where everything stands, while nodes cannot tell each other. */
const GREET_MS = 30_000;
/** More than this leaves at once. */
const PACKET_BYTES = 256 * 1024;

export interface NodesDeps {
  readonly openLink: (onPacket: (packet: Uint8Array) => void) => Link;
  readonly bus: Bus;
  readonly hub: Pick<Hub, "accounts" | "sessions" | "count">;
  readonly presence: Pick<Presence, "published" | "forgetNode">;
  readonly otherNodes: OtherNodes;
  readonly limits: SharedLimits;
  /** Tells every browser here anew where everything stands. */
  readonly greetAll: () => void;
  readonly log: Log;
  readonly clock: () => number;
}

interface Peer {
  /** Of its last packet. */
  number: number;
  /** By the monotonic clock. */
  heardAt: number;
  people: number;
  sockets: number;
}

/**
 * Makes one server of several: what is published here goes to the others, what they publish is delivered here, and what was
 * lost in between is told from the database. Sockets here are served before, and nothing waits for another node.
 */
export function joinNodes(deps: NodesDeps) {
  const { openLink, bus, hub, presence, otherNodes, limits, greetAll, log, clock } = deps;
  const own = randomBytes(16);
  const ownId = idFromBytes(own);
  const catchUp = createCatchUp({ otherNodes, hub, deliver: (event) => bus.deliver(event, "database") });
  const peers = new Map<string, Peer>();
  let state: "starting" | "linked" | "alone" = "starting";
  let number = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const startedAt = performance.now();
  let echoAt = Number.NEGATIVE_INFINITY;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let greetedAt = startedAt;
  /** Something did not arrive here. */
  let missed = true;
  /** Since browsers were last greeted they may have missed more than where conversations stand. */
  let greetingDue = false;
  /** This node was alone, and they are to hear of it at once. */
  let isBack = false;
  /** Somebody wants to know who is here. */
  let isAsked = false;
  let looking = false;
  let isFailing = false;

  const link = openLink(receive);
  bus.subscribe((event, from) => {
    catchUp.heard(event);
    if (from === null) say({ type: "event", event });
  });

  /** What is said in one go travels in one packet. */
  function say(item: NodeItem): void {
    if (waiting.length === 0) queueMicrotask(flush);
    const bytes = encodeItem(item);
    waiting.push(bytes);
    waitingBytes += bytes.length;
    if (waitingBytes > PACKET_BYTES) flush();
  }

  /** A packet that cannot leave has its number all the same: the others see that one is missing. */
  function flush(): void {
    if (waiting.length === 0) return;
    number += 1;
    link.send(encodePacket(own, number, waiting));
    waiting = [];
    waitingBytes = 0;
  }

  function receive(bytes: Uint8Array): void {
    try {
      if (nodeOf(bytes) === ownId) echoAt = performance.now();
      else take(decodePacket(bytes));
    } catch (error) {
      log.debug({ err: error }, "packet of another node not understood");
      missed = true;
    }
  }

  function take({ node, number: theirs, items }: Packet): void {
    const peer = peers.get(node) ?? { number: 0, heardAt: 0, people: 0, sockets: 0 };
    if (theirs !== peer.number + 1) {
      missed = true;
      presence.forgetNode(node);
      say({ type: "hello" });
    }
    Object.assign(peer, { number: theirs, heardAt: performance.now() });
    peers.set(node, peer);
    for (const item of items) {
      if (item.type === "event") bus.deliver(item.event, node);
      else if (item.type === "beat") Object.assign(peer, { people: item.people, sockets: item.sockets });
      else if (item.type === "hello") isAsked = true;
      else if (item.type === "taken") limits.takenElsewhere(item.taken, clock());
      else forget(node);
    }
  }

  /** It may have stored something that it could tell nobody. */
  function forget(node: string): void {
    peers.delete(node);
    presence.forgetNode(node);
    missed = true;
  }

  function beat(): void {
    const now = performance.now();
    for (const [node, { heardAt }] of peers) if (now - heardAt > SILENT_MS) forget(node);
    if (isAsked) {
      isAsked = false;
      for (const event of presence.published()) say({ type: "event", event });
    }
    const taken = limits.takenHere();
    if (taken.length > 0) say({ type: "taken", taken });
    say({ type: "beat", ...hub.count() });
    if (looking) return;
    looking = true;
    review(now)
      .then(() => {
        isFailing = false;
      })
      .catch((error) => {
        // Once: it is tried again every second.
        if (!isFailing) log.warn({ err: error }, "what other nodes did is not known");
        isFailing = true;
        missed = true;
      })
      .finally(() => {
        looking = false;
      });
  }

  /** Asks the database where nodes cannot tell each other, and after that once more. */
  async function review(now: number): Promise<void> {
    const before = state;
    if (link.isOpen() && now - echoAt < ECHO_MS) state = "linked";
    else if (state === "linked" || now - startedAt > ECHO_MS) state = "alone";
    if (state !== before && state === "alone")
      log.warn({ trouble: link.trouble() }, "redis is away: other nodes are followed by the database");
    if (state !== before && state === "linked") {
      log.info("redis is there");
      missed = true;
      isBack ||= before === "alone";
      say({ type: "hello" });
    }
    if (state === "alone") await otherNodes.noteCutOff();
    const isDark = state !== "linked" || (await otherNodes.isOneCutOff());
    const wasMissed = missed;
    // Whoever comes later hears where everything stands.
    greetingDue ||= (isDark || wasMissed) && hub.count().sockets > 0;
    const greets = greetingDue && (isBack || now - greetedAt > GREET_MS);
    if (!isDark && !wasMissed && !greets && now - lookedAt < LOOK_MS) return;
    missed = false;
    lookedAt = now;
    otherNodes.doubt();
    await catchUp.look();
    if (!greets) return;
    greetingDue = false;
    isBack = false;
    greetedAt = now;
    greetAll();
  }

  const timer = setInterval(beat, BEAT_MS);
  timer.unref();

  return {
    greeted: (heads: Heads): void => catchUp.greeted(heads),

    /** At all other nodes together. Somebody who is at two of them counts twice. */
    count(): { people: number; sockets: number } {
      let [people, sockets] = [0, 0];
      for (const peer of peers.values()) {
        people += peer.people;
        sockets += peer.sockets;
      }
      return { people, sockets };
    },

    /** Whether nodes can tell each other. */
    isLinked: () => state === "linked",

    async stop(): Promise<void> {
      clearInterval(timer);
      say({ type: "gone" });
      flush();
      await link.close();
    },
  };
}

export type Nodes = ReturnType<typeof joinNodes>;
