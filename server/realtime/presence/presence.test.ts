import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type AccountId, type ConversationId, newId, type SessionId } from "../../../lib/base/ids.ts";
import type { ServerTextFrame } from "../../../lib/protocol/frames.ts";
import type { Visibility } from "../../../lib/protocol/visibility.ts";
import type { Log } from "../../log.ts";
import type { KnownConversation } from "../../services/conversations.ts";
import { createMemoryBus } from "../bus.ts";
import type { Connection } from "../connection.ts";
import { createHub } from "../hub.ts";
import { LINGER_MS } from "./attendance.ts";
import { createPresence } from "./presence.ts";
import { COALESCE_MS } from "./watchers.ts";
import { WRITING_MS } from "./writers.ts";

const OPEN: Visibility = { availability: "automatic", readStates: true, typing: true };
const HOUR = 3_600_000;

type Told = Extract<ServerTextFrame, { type: "presence" }>["people"];

interface Fake extends Connection {
  readonly frames: ServerTextFrame[];
}

/** A hub with sockets that only write down what they are sent. */
function newWorld() {
  const bus = createMemoryBus();
  const hub = createHub({ fanOut: () => {} });
  const log = { warn: (fields: object) => expect.fail(JSON.stringify(fields)) } as unknown as Log;
  /** Who shares a conversation with nobody. */
  const strangers = new Set<AccountId>();
  const questions: number[] = [];
  const rooms = new Map<ConversationId, KnownConversation>();
  const presence = createPresence({
    conversations: {
      async sharedWith(_, people) {
        questions.push(people.length);
        return people.filter((person) => !strangers.has(person));
      },
      find: async (id) => rooms.get(id) ?? null,
    },
    hub,
    publish: bus.publish,
    log,
    clock: () => Date.now(),
  });
  bus.subscribe(hub.handle);
  bus.subscribe(presence.handle);

  /** Has not said yet whom it hides from. */
  function connectSilent(accountId = newId<AccountId>(), visibility = OPEN): Fake {
    const frames: ServerTextFrame[] = [];
    const fake: Fake = {
      id: newId(),
      session: { id: newId<SessionId>(), accountId, deviceId: null },
      client: {} as Connection["client"],
      refusedRooms: new Set(),
      send: (frame) => void frames.push(JSON.parse(frame.toString().slice(frame.toString().indexOf("{")))),
      sendText: (frame) => void frames.push(frame),
      close: () => {},
      frames,
    };
    hub.add(fake, visibility);
    presence.add(fake, visibility);
    return fake;
  }

  function connect(accountId?: AccountId, visibility?: Visibility): Fake {
    const fake = connectSilent(accountId, visibility);
    presence.hide(fake, []);
    return fake;
  }

  function leave(connection: Connection): void {
    hub.remove(connection);
    presence.remove(connection);
  }

  /** The first of them owns it. */
  function openRoom(members: readonly Fake[], more: Partial<KnownConversation> = {}): ConversationId {
    const id = newId<ConversationId>();
    const seats = new Map(
      members.map(({ session }, place) => [
        session.accountId,
        { role: place === 0 ? "owner" : "member", visibleFrom: 1, mutedUntil: null } as const,
      ]),
    );
    rooms.set(id, { closed: false, posting: "everyone", seats, ...more } as KnownConversation);
    return id;
  }

  const change = (account: AccountId, visibility: Partial<Visibility>) =>
    bus.publish({ type: "visibility", account, visibility: { ...OPEN, ...visibility } });

  const append = (members: readonly AccountId[]) =>
    bus.publish({ type: "record", members, conversation: newId(), number: 1 });

  return { presence, append, connect, connectSilent, leave, openRoom, change, strangers, questions };
}

const accountOf = ({ session }: Connection) => session.accountId;
const told = ({ frames }: Fake): Told[] =>
  frames.flatMap((frame) => (frame.type === "presence" ? [frame.people] : []));
const lastOf = (watcher: Fake) => told(watcher).at(-1)?.[0]?.presence;
const pass = (ms = COALESCE_MS) => vi.advanceTimersByTimeAsync(ms);

let world: ReturnType<typeof newWorld>;
beforeEach(() => {
  vi.useFakeTimers();
  world = newWorld();
});
afterEach(() => vi.useRealTimers());

describe("presence", () => {
  test("is that of all who are looked at, however many were before", async () => {
    const [alice, bob] = [world.connect(), world.connect()];
    const someone = () => newId<AccountId>();
    await world.presence.watch(alice, [accountOf(bob)], null);
    for (let looks = 1; looks <= 20; looks += 1)
      await world.presence.watch(
        alice,
        Array.from({ length: 100 }, someone).slice(looks === 20 ? 1 : 0),
        null,
      );
    await world.presence.watch(alice, [accountOf(bob), someone()], null);
    expect(world.questions.at(-1)).toBe(1);
    expect(lastOf(alice)).toBe("online");
  });

  test("is told at once to who begins to look, and afterwards as it changes", async () => {
    const [alice, bob] = [world.connect(), world.connect()];
    await world.presence.watch(alice, [accountOf(bob)], null);
    expect(told(alice)).toEqual([[{ account: accountOf(bob), presence: "online" }]]);
    world.presence.setActive(bob, false);
    await pass();
    expect(lastOf(alice)).toBe("away");
    world.change(accountOf(bob), { availability: "busy" });
    await pass();
    expect(lastOf(alice)).toBe("busy");
    world.change(accountOf(bob), { availability: "invisible" });
    await pass();
    expect(lastOf(alice)).toBe("offline");
    world.change(accountOf(bob), {});
    world.presence.setActive(bob, true);
    await pass();
    expect(lastOf(alice)).toBe("online");
    world.leave(bob);
    await pass(LINGER_MS + COALESCE_MS);
    expect(lastOf(alice)).toBe("offline");
  });

  test("is online while somebody is at any of the browsers", async () => {
    const [alice, phone] = [world.connect(), world.connect()];
    const desk = world.connect(accountOf(phone));
    await world.presence.watch(alice, [accountOf(phone)], null);
    world.presence.setActive(phone, false);
    await pass();
    expect(told(alice)).toHaveLength(1);
    world.presence.setActive(desk, false);
    await pass();
    expect(lastOf(alice)).toBe("away");
  });

  test("of somebody at several nodes is what shows most, and a node that is gone takes its own along", async () => {
    const [alice, phone] = [world.connect(), world.connect()];
    const bob = accountOf(phone);
    const elsewhere = (presence: "online" | "away") =>
      world.presence.handle({ type: "presence", account: bob, presence }, "another node");
    await world.presence.watch(alice, [bob], null);
    world.presence.setActive(phone, false);
    elsewhere("online");
    await pass();
    expect(lastOf(alice)).toBe("online");
    world.leave(phone);
    elsewhere("away");
    await pass(LINGER_MS + COALESCE_MS);
    expect(lastOf(alice)).toBe("away");
    world.presence.forgetNode("another node");
    await pass();
    expect(lastOf(alice)).toBe("offline");
    const [mine] = world.presence.published();
    expect(mine).toEqual({ type: "presence", account: accountOf(alice), presence: "online" });
  });

  test("does not change by a reload, nor by what is over within a second", async () => {
    const [alice, bob] = [world.connect(), world.connect()];
    await world.presence.watch(alice, [accountOf(bob)], null);
    world.leave(bob);
    await pass(LINGER_MS - 1);
    const back = world.connect(accountOf(bob));
    await pass(LINGER_MS * 2);
    world.presence.setActive(back, false);
    world.presence.setActive(back, true);
    await pass();
    expect(told(alice)).toHaveLength(1);
  });

  test("of who chose to be invisible is that of who is not there", async () => {
    const alice = world.connect();
    const hidden = world.connect(newId(), { ...OPEN, availability: "invisible" });
    const absent = newId<AccountId>();
    await world.presence.watch(alice, [accountOf(hidden), absent], null);
    world.presence.setActive(hidden, false);
    world.leave(hidden);
    await pass(HOUR);
    expect(told(alice)).toEqual([
      [
        { account: accountOf(hidden), presence: "offline" },
        { account: absent, presence: "offline" },
      ],
    ]);
  });

  test("is told of nobody whose browser has not said yet from whom to hide it", async () => {
    const [alice, bob] = [world.connect(), world.connectSilent()];
    await world.presence.watch(alice, [accountOf(bob)], null);
    world.presence.setActive(bob, true);
    await pass();
    expect(told(alice)).toEqual([[{ account: accountOf(bob), presence: "offline" }]]);
    world.presence.hide(bob, []);
    await pass();
    expect(lastOf(alice)).toBe("online");
  });

  test("is hidden between who has blocked somebody and them, until that is taken back", async () => {
    const [bob, eve] = [world.connect(), world.connect()];
    await world.presence.watch(bob, [accountOf(eve)], null);
    await world.presence.watch(eve, [accountOf(bob)], null);
    world.presence.hide(bob, [accountOf(eve)]);
    await pass();
    for (const one of [bob, eve]) expect(lastOf(one)).toBe("offline");
    world.change(accountOf(bob), { availability: "busy" });
    world.leave(bob);
    const back = world.connectSilent(accountOf(bob));
    await world.presence.watch(eve, [accountOf(bob)], null);
    await pass();
    expect(lastOf(eve)).toBe("offline");
    world.presence.hide(back, []);
    await pass();
    expect(lastOf(eve)).toBe("online");
  });

  test("is not hidden any more by what an invisible browser said that is gone, at whichever node", async () => {
    const eve = world.connect();
    const bob = world.connect(newId(), { ...OPEN, availability: "invisible" });
    world.presence.hide(bob, [accountOf(eve)]);
    world.leave(bob);
    await pass(LINGER_MS);
    world.presence.handle({ type: "presence", account: accountOf(bob), presence: "online" }, "another node");
    await world.presence.watch(eve, [accountOf(bob)], null);
    expect(lastOf(eve)).toBe("online");
  });

  test("of who shares no conversation is that of who is not there, also from then on", async () => {
    const [eve, bob] = [world.connect(), world.connect()];
    world.strangers.add(accountOf(bob));
    await world.presence.watch(eve, [accountOf(bob)], null);
    world.presence.setActive(bob, false);
    await pass();
    expect(told(eve)).toEqual([[{ account: accountOf(bob), presence: "offline" }]]);
  });

  test("is told to a stranger as soon as there is a conversation of both", async () => {
    const [eve, bob] = [world.connect(), world.connect()];
    world.strangers.add(accountOf(bob));
    await world.presence.watch(eve, [accountOf(bob)], null);
    world.strangers.delete(accountOf(bob));
    world.append([accountOf(eve), accountOf(bob)]);
    await pass();
    expect(lastOf(eve)).toBe("online");
  });

  test("is not told any more to who has left the last shared conversation", async () => {
    const [eve, bob] = [world.connect(), world.connect()];
    await world.presence.watch(eve, [accountOf(bob)], null);
    world.strangers.add(accountOf(bob));
    await pass(HOUR);
    world.presence.setActive(bob, false);
    await pass();
    expect(
      told(eve)
        .flat()
        .map(({ presence }) => presence),
    ).toEqual(["online", "offline"]);
  });

  test("is told of the newest set alone, and one question is asked for it", async () => {
    const [alice, bob, carol] = [world.connect(), world.connect(), world.connect()];
    await Promise.all([
      world.presence.watch(alice, [accountOf(bob)], null),
      world.presence.watch(alice, [accountOf(carol)], null),
    ]);
    await world.presence.watch(alice, [accountOf(carol)], null);
    expect(world.questions).toEqual([1, 1]);
    world.presence.setActive(bob, false);
    await pass();
    expect(
      told(alice)
        .flat()
        .map(({ account }) => account),
    ).not.toContain(accountOf(bob));
  });

  test("costs who does not look nothing, and who looks one frame a second, with a thousand online", async () => {
    const people = Array.from({ length: 1_000 }, () => world.connect());
    const lookers = people.slice(0, 50);
    const seen = people.slice(100, 300);
    for (const looker of lookers) await world.presence.watch(looker, seen.map(accountOf), null);
    // Everybody moves about, for three seconds.
    for (let tenth = 0; tenth < 30; tenth++) {
      for (const one of people) world.presence.setActive(one, tenth % 2 === 1);
      await pass(COALESCE_MS / 10);
    }
    await pass();
    for (const looker of lookers) expect(told(looker).length).toBeLessThanOrEqual(5);
    for (const other of people.slice(50)) expect(other.frames).toEqual([]);
    expect(world.questions).toHaveLength(lookers.length);
  });
});

describe("writing", () => {
  const writingTo = ({ frames }: Fake) =>
    frames.flatMap((frame) => (frame.type === "typing" ? [frame.people] : []));

  test("is told to who has the conversation open, once for all who write", async () => {
    const members = Array.from({ length: 1_000 }, () => world.connect());
    const room = world.openRoom(members);
    const readers = members.slice(0, 20);
    for (const reader of readers) await world.presence.watch(reader, [], room);
    for (const writer of members.slice(100, 200)) await world.presence.writes(writer, room);
    await pass(WRITING_MS);
    for (const reader of readers) expect(writingTo(reader)).toEqual([expect.any(Array)]);
    expect(writingTo(readers[0] as Fake)[0]?.length).toBeLessThan(10);
    for (const other of members.slice(20)) expect(other.frames).toEqual([]);
  });

  test.each<[string, Partial<Visibility>, Partial<KnownConversation>]>([
    ["is invisible", { availability: "invisible" }, {}],
    ["does not show it", { typing: false }, {}],
    ["may not write there", {}, { posting: "moderators" }],
    ["writes where nobody writes any more", {}, { closed: true }],
  ])("is not told of who %s", async (_, visibility, conversation) => {
    const [reader, writer] = [world.connect(), world.connect(newId(), { ...OPEN, ...visibility })];
    const room = world.openRoom([reader, writer], conversation);
    await world.presence.watch(reader, [], room);
    await world.presence.writes(writer, room);
    await pass(WRITING_MS);
    expect(writingTo(reader)).toEqual([]);
  });

  test("is told neither to who is blocked nor of them", async () => {
    const members = Array.from({ length: 3 }, () => world.connect());
    const [bob, eve, carol] = members as [Fake, Fake, Fake];
    const room = world.openRoom(members);
    for (const one of members) await world.presence.watch(one, [], room);
    world.presence.hide(bob, [accountOf(eve)]);
    for (const one of [bob, eve]) await world.presence.writes(one, room);
    await pass(WRITING_MS);
    expect(writingTo(carol)).toEqual([[accountOf(bob), accountOf(eve)]]);
    for (const one of [bob, eve]) expect(writingTo(one)).toEqual([[accountOf(one)]]);
  });

  test("is told neither to nor of who is no member, nor to who shows no writing, nor once it is closed", async () => {
    const [bob, eve] = [world.connect(), world.connect()];
    const shy = world.connect(newId(), { ...OPEN, typing: false });
    const gone = world.connect();
    const room = world.openRoom([bob, shy, gone]);
    for (const one of [bob, eve, shy, gone]) await world.presence.watch(one, [], room);
    await world.presence.watch(gone, [], null);
    await world.presence.writes(eve, room);
    await pass(WRITING_MS);
    expect(writingTo(bob)).toEqual([]);
    await world.presence.writes(bob, room);
    await pass(WRITING_MS);
    expect(writingTo(bob)).toEqual([[accountOf(bob)]]);
    for (const other of [eve, shy, gone]) expect(writingTo(other)).toEqual([]);
  });
});
