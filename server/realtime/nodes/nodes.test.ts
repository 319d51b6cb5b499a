import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { concat } from "../../../lib/base/bytes.ts";
import {
  type AccountId,
  type ConversationId,
  idToBytes,
  newId,
  type SessionId,
} from "../../../lib/base/ids.ts";
import type { Log } from "../../log.ts";
import type { OtherNodes, Standing } from "../../services/other-nodes.ts";
import type { ServerEvent } from "../../services/publish.ts";
import { createSharedLimits } from "../../services/shared-limits.ts";
import { createMemoryBus } from "../bus.ts";
import { joinNodes } from "./nodes.ts";
import { NOWHERE } from "./packet.ts";

const SECOND = 1_000;
const ROOM = newId<ConversationId>();
const ALICE = newId<AccountId>();

/** A Redis that can be killed, and lose what is sent by it. */
function newRedis() {
  const listeners = new Set<(packet: Uint8Array) => void>();
  const redis = { isUp: true, loses: false, packets: 0 };
  const openLink = (onPacket: (packet: Uint8Array) => void) => {
    listeners.add(onPacket);
    return {
      send(packet: Uint8Array) {
        redis.packets += 1;
        if (redis.isUp && !redis.loses) for (const listener of listeners) listener(packet);
      },
      isOpen: () => redis.isUp,
      trouble: () => null,
      close: async () => void listeners.delete(onPacket),
    };
  };
  return { redis, openLink };
}

/** What all nodes find in their database. */
function newDatabase() {
  return {
    cutOffAt: Number.NEGATIVE_INFINITY,
    standings: [] as Standing[],
    messages: new Map<number, { seq: number; storedAt: number; envelope: Uint8Array<ArrayBuffer> }>(),
    ended: new Set<SessionId>(),
    broken: null as ConversationId | null,
    looks: 0,
    isAway: false,
  };
}

/** The header of a message to the room, and nothing behind it. */
function newMessage(seq: number) {
  const envelope = concat(
    Uint8Array.of(1, 1, 1),
    idToBytes(ROOM),
    idToBytes(ALICE),
    idToBytes(newId()),
    new Uint8Array(4 + 32 + 32),
  );
  return { seq, storedAt: seq, envelope };
}

function startNode(
  openLink: ReturnType<typeof newRedis>["openLink"],
  database: ReturnType<typeof newDatabase>,
) {
  const bus = createMemoryBus();
  const heard: { event: ServerEvent; from: string | null }[] = [];
  bus.subscribe((event, from) => void heard.push({ event, from }));
  const shown: ServerEvent[] = [];
  const forgotten: string[] = [];
  const sessions: SessionId[] = [];
  const limits = createSharedLimits();
  const takeOne = limits.minute("writes", 10).take;
  let greetings = 0;
  let isDead = false;
  const nodes = joinNodes({
    openLink(onPacket) {
      const link = openLink(onPacket);
      return { ...link, send: (packet) => !isDead && link.send(packet) };
    },
    bus,
    hub: { accounts: () => [ALICE], sessions: () => sessions, count: () => ({ people: 1, sockets: 2 }) },
    presence: { published: () => shown, forgetNode: (node) => void forgotten.push(node) },
    otherNodes: {
      doubt: () => {},
      async standings() {
        if (database.isAway) throw new Error("away");
        database.looks += 1;
        return database.standings;
      },
      audience: async () => [ALICE],
      async missed(id, after, lastSeq) {
        if (id === database.broken) throw new Error("broken");
        return {
          seats: new Map([[ALICE, { visibleFrom: 1 }]]),
          messages: [...database.messages.values()].filter(({ seq }) => seq > after && seq <= lastSeq),
        };
      },
      ended: async (ids) => ids.filter((id) => database.ended.has(id)),
      async noteCutOff() {
        database.cutOffAt = performance.now();
      },
      isOneCutOff: async () => performance.now() - database.cutOffAt < 5 * SECOND,
    } as Partial<OtherNodes> as OtherNodes,
    limits,
    clock: () => Date.now(),
    greetAll: () => {
      greetings += 1;
    },
    log: { debug: () => {}, info: () => {}, warn: () => {} } as unknown as Log,
  });
  const told = () => heard.flatMap(({ event }) => (event.type === "message" ? [event.message.seq] : []));
  const die = () => {
    isDead = true;
    return nodes.stop();
  };
  return { nodes, bus, heard, told, shown, forgotten, sessions, takeOne, die, greetings: () => greetings };
}

const say = (seq: number): ServerEvent => ({
  type: "message",
  members: [ALICE],
  message: newMessage(seq),
  origin: { connection: "a socket", request: 7 },
});

describe("several nodes", () => {
  let redis: ReturnType<typeof newRedis>["redis"];
  let database: ReturnType<typeof newDatabase>;
  let one: ReturnType<typeof startNode>;
  let two: ReturnType<typeof startNode>;
  const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

  beforeEach(async () => {
    vi.useFakeTimers();
    const world = newRedis();
    redis = world.redis;
    database = newDatabase();
    one = startNode(world.openLink, database);
    two = startNode(world.openLink, database);
    await settle(3 * SECOND);
    for (const { nodes } of [one, two]) expect(nodes.isLinked()).toBe(true);
  });

  afterEach(async () => {
    for (const { nodes } of [one, two]) await nodes.stop();
    vi.useRealTimers();
  });

  /** Stored by somebody, and said to nobody yet. */
  function store(...messages: readonly number[]): void {
    for (const seq of messages) database.messages.set(seq, newMessage(seq));
    database.standings = [{ ...head, lastSeq: Math.max(...messages), profileRevision: 0 }];
  }

  const head = { id: ROOM, recordNumber: 1, lastSeq: 0, closed: false, archived: false };

  test("hear of each other's events in their order, and not of their own again", async () => {
    const before = one.heard.length;
    for (const seq of [1, 2, 3]) one.bus.publish(say(seq));
    await settle();
    expect(two.told()).toEqual([1, 2, 3]);
    const [first] = two.heard.filter(({ event }) => event.type === "message");
    expect(first).toMatchObject({ from: expect.any(String), event: { members: [ALICE], origin: NOWHERE } });
    expect(one.heard.slice(before).map(({ from }) => from)).toEqual([null, null, null]);
  });

  test("send what is published in one go in one packet", async () => {
    const before = redis.packets;
    for (let seq = 1; seq <= 100; seq++) one.bus.publish(say(seq));
    await settle();
    expect(redis.packets).toBe(before + 1);
  });

  test("add up who is connected, and forget who is silent", async () => {
    expect(one.nodes.count()).toEqual({ people: 1, sockets: 2 });
    await two.nodes.stop();
    await settle();
    expect(one.nodes.count()).toEqual({ people: 0, sockets: 0 });
    expect(one.forgotten.length).toBeGreaterThan(0);
  });

  test("forget one that dies without a word after some seconds, and look what it left", async () => {
    const before = database.looks;
    one.forgotten.length = 0;
    await two.die();
    await settle(3 * SECOND);
    expect([one.forgotten.length, database.looks]).toEqual([0, before]);
    await settle(5 * SECOND);
    expect(one.forgotten).toHaveLength(1);
    expect(one.nodes.count()).toEqual({ people: 0, sockets: 0 });
    expect(database.looks).toBe(before + 1);
  });

  test("say who is with them to one that comes later", async () => {
    two.shown.push({ type: "presence", account: ALICE, presence: "away" });
    redis.isUp = false;
    await settle(2 * SECOND);
    redis.isUp = true;
    await settle(3 * SECOND);
    expect(one.heard.map(({ event }) => event)).toContainEqual({
      type: "presence",
      account: ALICE,
      presence: "away",
    });
  });

  test("tell from the database what was stored while Redis was away, once", async () => {
    for (const { nodes } of [one, two]) nodes.greeted([head]);
    database.standings = [{ ...head, profileRevision: 0 }];
    redis.isUp = false;
    await settle(2 * SECOND);
    expect(two.nodes.isLinked()).toBe(false);
    store(1, 2, 3);
    one.bus.publish(say(1));
    one.bus.publish(say(2));
    one.bus.publish(say(3));
    await settle(2 * SECOND);
    expect(two.told()).toEqual([1, 2, 3]);
    expect(one.told()).toEqual([1, 2, 3]);
    await settle(10 * SECOND);
    expect(two.told()).toEqual([1, 2, 3]);
  });

  test("greet everybody once when Redis is back, since more may have been missed", async () => {
    redis.isUp = false;
    await settle(4 * SECOND);
    expect([one.greetings(), two.greetings()]).toEqual([0, 0]);
    redis.isUp = true;
    await settle(10 * SECOND);
    expect([one.greetings(), two.greetings()]).toEqual([1, 1]);
  });

  test("greet everybody when Redis is back, also if the database is not there at once", async () => {
    redis.isUp = false;
    await settle(4 * SECOND);
    database.isAway = true;
    redis.isUp = true;
    await settle(4 * SECOND);
    expect([one.greetings(), two.greetings()]).toEqual([0, 0]);
    database.isAway = false;
    await settle(2 * SECOND);
    expect([one.greetings(), two.greetings()]).toEqual([1, 1]);
  });

  test("greet everybody once more for what was lost soon after they were greeted", async () => {
    // For what nobody could hear while this node started.
    await settle(40 * SECOND);
    expect(two.greetings()).toBe(1);
    redis.loses = true;
    one.bus.publish({ type: "vault", account: ALICE });
    await settle();
    redis.loses = false;
    await settle(5 * SECOND);
    expect(two.greetings()).toBe(1);
    await settle(30 * SECOND);
    expect(two.greetings()).toBe(2);
    await settle(90 * SECOND);
    expect(two.greetings()).toBe(2);
  });

  test("notice a packet that was lost, and ask the database", async () => {
    two.nodes.greeted([head]);
    store(1, 2);
    redis.loses = true;
    one.bus.publish(say(1));
    await settle();
    redis.loses = false;
    one.bus.publish(say(2));
    await settle();
    expect(two.told()).toEqual([2]);
    await settle(2 * SECOND);
    expect(two.told()).toEqual([2, 1, 2]);
  });

  test("ask the database while one of them is cut off, though Redis is there for the others", async () => {
    two.nodes.greeted([head]);
    const before = database.looks;
    await settle(3 * SECOND);
    expect(database.looks).toBe(before);
    database.cutOffAt = performance.now();
    store(1);
    await settle(2 * SECOND);
    expect(two.told()).toEqual([1]);
  });

  test("count together what one person does at several of them", async () => {
    for (let i = 0; i < 10; i++) expect(one.takeOne(ALICE, Date.now())).toBe(true);
    expect(two.takeOne(ALICE, Date.now())).toBe(true);
    await settle(SECOND);
    expect(two.takeOne(ALICE, Date.now())).toBe(false);
  });

  test("tell of all else where one conversation cannot be told of", async () => {
    const [session, broken] = [newId<SessionId>(), newId<ConversationId>()];
    two.sessions.push(session);
    two.nodes.greeted([head, { ...head, id: broken }]);
    store(1);
    database.standings.unshift({ ...head, id: broken, lastSeq: 1, profileRevision: 0 });
    Object.assign(database, { broken, ended: new Set([session]) });
    redis.isUp = false;
    await settle(5 * SECOND);
    expect(two.told()).toContain(1);
    expect(two.heard.map(({ event }) => event.type)).toContain("session-ended");
    const before = two.told().length;
    database.broken = null;
    await settle(2 * SECOND);
    expect(two.told()).toHaveLength(before + 1);
  });

  test("end sessions that were ended elsewhere, also without Redis", async () => {
    const [first, second] = [newId<SessionId>(), newId<SessionId>()];
    two.sessions.push(first, second);
    const ended = () =>
      two.heard.flatMap(({ event }) => (event.type === "session-ended" ? [event.session] : []));
    one.bus.publish({ type: "session-ended", session: first });
    await settle();
    expect(ended()).toEqual([first]);
    redis.isUp = false;
    await settle(2 * SECOND);
    database.ended.add(second);
    await settle(2 * SECOND);
    expect(ended()).toContain(second);
  });

  test("tell of a conversation that was begun elsewhere, and of records and profiles", async () => {
    redis.isUp = false;
    await settle(2 * SECOND);
    store(1);
    await settle(2 * SECOND);
    expect(two.told()).toEqual([1]);
    const types = () => two.heard.flatMap(({ event }) => ("conversation" in event ? [event.type] : []));
    expect(types()).toEqual(["record"]);
    database.standings = database.standings.map((one) => ({ ...one, recordNumber: 2, profileRevision: 1 }));
    await settle(2 * SECOND);
    expect(types()).toEqual(["record", "record", "profile"]);
    for (const archived of [true, true, false]) {
      database.standings = database.standings.map((one) => ({ ...one, archived }));
      await settle(2 * SECOND);
    }
    expect(types().slice(3)).toEqual(["archived", "archived"]);
    expect(two.heard.at(-1)?.event).toMatchObject({ conversation: ROOM, members: [ALICE], archived: false });
    database.standings = database.standings.map((one) => ({ ...one, closed: true }));
    await settle(2 * SECOND);
    expect(types().slice(5)).toEqual(["closed"]);
  });
});
