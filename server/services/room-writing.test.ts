import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { idToBytes } from "../../lib/base/ids.ts";
import type { Role } from "../../lib/protocol/layout/member-change.ts";
import type { ConversationHead } from "../database/heads.ts";
import {
  added,
  CLIENT,
  gone,
  newEnvelope,
  nextRecord,
  openRoomWorld,
  type Resident,
  type RoomWorld,
  sealedProfile,
  type TestRoom,
} from "./testing/room-world.ts";

const restricted = { code: "posting-restricted" };
const muted = { code: "muted" };
const slow = { code: "slow-mode" };
const notFound = { code: "not-found" };

let world: RoomWorld;
let owner: Resident;
let moderator: Resident;
let member: Resident;
let outsider: Resident;

beforeAll(async () => {
  world = await openRoomWorld();
  owner = await world.newResident();
  moderator = await world.newResident();
  member = await world.newResident();
  outsider = await world.newResident();
}, 60_000);

afterAll(() => world?.close());

const cast = (): [Resident, Role][] => [
  [owner, "owner"],
  [moderator, "moderator"],
  [member, "member"],
];
const everybody = () => [owner, moderator, member];
const mute = (who: Resident, { id }: TestRoom, { account }: Resident, until: number | null) =>
  world.services.moderation.mute(who.session, id, { account, until }, CLIENT);
const ORIGIN = { connection: "test", request: 1 };

describe("who may write", () => {
  test("is decided by the policy, at once", async () => {
    let room = await world.createRoom(cast());
    await world.send(member, room);
    const set = async (posting: "everyone" | "moderators" | "nobody") => {
      const policy = { ...room.state.policy, posting };
      room = await world.change(owner, room, { kind: "policy", policy }, everybody());
    };
    await set("moderators");
    await expect(world.send(member, room)).rejects.toMatchObject(restricted);
    await world.send(moderator, room);
    await set("nobody");
    for (const who of everybody()) await expect(world.send(who, room)).rejects.toMatchObject(restricted);
    await set("everyone");
    await world.send(member, room);
  });

  test("is everybody again where nobody outranks anybody", async () => {
    const heirs = await Promise.all([world.newResident(), world.newResident(), world.newResident()]);
    const [last, one, two] = heirs as [Resident, Resident, Resident];
    let room = await world.createRoom(
      [
        [last, "owner"],
        [one, "member"],
        [two, "member"],
      ],
      { policy: { posting: "moderators" } },
    );
    await expect(world.send(one, room)).rejects.toMatchObject(restricted);
    room = await leaveWithAccount(last, room);
    await world.send(one, room);
  });

  async function leaveWithAccount(who: Resident, room: TestRoom): Promise<TestRoom> {
    const { record } = await nextRecord(
      who,
      room.state,
      { kind: "remove", changes: [gone("remove", who)] },
      [],
    );
    const account = await world.database.accounts.findById(who.account);
    const departures = [{ conversation: room.id, record: record.bytes }];
    await world.services.deletion.delete(who.session, { name: account?.name ?? "", departures }, CLIENT);
    return { ...room, state: record.state };
  }
});

describe("muting", () => {
  test("lasts until its time, or until it is lifted", async () => {
    const room = await world.createRoom(cast());
    const until = world.now() + 60_000;
    await mute(moderator, room, member, until);
    expect(world.events.at(-1)).toEqual({
      type: "muted",
      account: member.account,
      conversation: room.id,
      until,
    });
    await expect(world.send(member, room)).rejects.toMatchObject(muted);
    await world.send(owner, room);
    const row = async () =>
      (await world.services.conversations.list(member.session, CLIENT)).conversations.find(
        ({ id }) => id === room.id,
      );
    expect(await row()).toMatchObject({ mutedUntil: until });
    const members = await world.services.conversations.members(owner.session, room.id, CLIENT);
    expect(members.find(({ id }) => id === member.account)).toMatchObject({ mutedUntil: until });
    world.pass(60_001);
    await world.send(member, room);
    await mute(owner, room, member, world.now() + 60_000);
    await expect(world.send(member, room)).rejects.toMatchObject(muted);
    await mute(moderator, room, member, null);
    await world.send(member, room);
    const events = await world.services.moderation.events(moderator.session, room.id, CLIENT);
    expect(events.map(({ author, until }) => [author, until === null])).toEqual([
      [moderator.account, true],
      [owner.account, false],
      [moderator.account, false],
    ]);
  });

  test("does not end by leaving and coming back", async () => {
    let room = await world.createRoom(cast(), { type: "public-room" });
    await mute(moderator, room, member, world.now() + 60_000);
    const leave = { kind: "remove", changes: [gone("remove", member)] } as const;
    room = await world.change(member, room, leave, everybody());
    room = await world.change(owner, room, { kind: "add", changes: [added(member)] }, everybody());
    await expect(world.send(member, room)).rejects.toMatchObject(muted);
  });

  test("is an owner's, and a moderator's for members", async () => {
    const room = await world.createRoom(cast());
    const until = world.now() + 1000;
    await mute(owner, room, moderator, until);
    await expect(mute(moderator, room, owner, until)).rejects.toMatchObject(notFound);
    await expect(mute(member, room, moderator, until)).rejects.toMatchObject(notFound);
    await expect(mute(outsider, room, member, until)).rejects.toMatchObject(notFound);
    await expect(mute(owner, room, outsider, until)).rejects.toMatchObject(notFound);
    await expect(mute(owner, room, owner, until)).rejects.toMatchObject({ code: "bad-request" });
    for (const who of [member, outsider])
      await expect(world.services.moderation.events(who.session, room.id, CLIENT)).rejects.toMatchObject(
        notFound,
      );
  });
});

describe("slow mode", () => {
  test("spaces the messages of members, not those of moderators", async () => {
    const room = await world.createRoom(cast(), { policy: { slowSeconds: 10 } });
    await world.send(member, room);
    await expect(world.send(member, room)).rejects.toMatchObject(slow);
    for (const who of [owner, moderator, owner, moderator]) await world.send(who, room);
    world.pass(9_999);
    await expect(world.send(member, room)).rejects.toMatchObject(slow);
    world.pass(1);
    await world.send(member, room);
  });

  test("answers the same bytes with the first receipt", async () => {
    const room = await world.createRoom(cast(), { policy: { slowSeconds: 10 } });
    const envelope = newEnvelope(member, room.state);
    const send = () => world.services.messages.send(member.session, envelope, CLIENT, ORIGIN);
    const first = await send();
    expect(await send()).toEqual(first);
  });

  test("does not count what was not stored", async () => {
    const room = await world.createRoom(cast(), { policy: { slowSeconds: 10 } });
    await world.services.conversations.find(room.id);
    // As if another node had stored a record that this one has not heard of.
    const shift = (by: number) =>
      world.database.pool.query("UPDATE conversation SET record_number = record_number + ? WHERE id = ?", [
        by,
        Buffer.from(idToBytes(room.id)),
      ]);
    await shift(1);
    await expect(world.send(member, room)).rejects.toMatchObject({ code: "old-key-epoch" });
    await shift(-1);
    await world.send(member, room);
    await expect(world.send(member, room)).rejects.toMatchObject(slow);
  });
});

describe("the time of messages", () => {
  const HOUR = 3_600_000;
  const HOUR_POLICY = { retentionSeconds: 3_600, rotationSeconds: 360 };
  const column = ({ id }: TestRoom) => Buffer.from(idToBytes(id));
  const column0 = async (sql: string, room: TestRoom) =>
    ((await world.database.pool.query(sql, [column(room)])) as Record<string, unknown>[]).map((row) =>
      Number(Object.values(row)[0]),
    );
  const seqs = (room: TestRoom) =>
    column0("SELECT seq FROM message WHERE conversation_id = ? ORDER BY seq", room);
  const epochs = (room: TestRoom) =>
    column0("SELECT DISTINCT key_epoch FROM conversation_box WHERE conversation_id = ? ORDER BY 1", room);
  const standing = async (room: TestRoom) =>
    (await world.services.conversations.heads(member.session)).heads.find(({ id }) => id === room.id);

  test("is over for each by itself; keys go with the last message of their epoch", async () => {
    const kept = await world.createRoom(cast());
    await world.send(member, kept);
    let room = await world.createRoom(cast(), { policy: { ...HOUR_POLICY, history: "all" } });
    await world.send(member, room);
    world.pass(HOUR / 2);
    await world.send(owner, room);
    room = await world.change(owner, room, { kind: "rotate" }, everybody());
    await world.send(member, room);
    world.pass(HOUR / 2 - 1);
    await world.services.retention.expire();
    expect([await seqs(room), await epochs(room)]).toEqual([
      [1, 2, 3],
      [1, 2],
    ]);
    world.pass(1);
    await world.services.retention.expire();
    expect([await seqs(room), await epochs(room)]).toEqual([
      [2, 3],
      [1, 2],
    ]);
    expect(await standing(room)).toMatchObject({ firstSeq: 2, lastSeq: 3 });
    const { conversations } = await world.services.conversations.list(member.session, CLIENT);
    expect(conversations.find(({ id }) => id === room.id)).toMatchObject({ firstSeq: 2 });
    world.pass(HOUR);
    await world.services.retention.expire();
    // Of the newest key epoch the key stays: it seals what comes.
    expect([await seqs(room), await epochs(room)]).toEqual([[], [2]]);
    expect(await standing(room)).toMatchObject({ firstSeq: 4, lastSeq: 3 });
    expect(await seqs(kept)).toEqual([1]);
    // Where nothing is left, it goes with the record that replaces it.
    room = await world.change(owner, room, { kind: "rotate" }, everybody());
    expect(await epochs(room)).toEqual([3]);
    expect(await world.send(member, room)).toBe(4);
  });

  test("is the shorter of the room's and the server's, in batches, and nothing outlives a clock that went back", async () => {
    const room = await world.createRoom(cast(), { policy: { ...HOUR_POLICY, retentionSeconds: 7_200 } });
    const { retention, pool } = world.database;
    for (let i = 0; i < 3; i++) await world.send(member, room);
    // As if the second had been stored by a clock that was a day ahead.
    await pool.query(
      "UPDATE message SET stored_at = stored_at + INTERVAL 1 DAY WHERE conversation_id = ? AND seq = 2",
      [column(room)],
    );
    const at = world.now() + HOUR;
    expect(await retention.due(0, at, 10)).not.toContain(room.id);
    expect(await retention.expire(room.id, 0, at)).toBe(0);
    expect(await retention.due(3_600, at, 10)).toContain(room.id);
    expect(await retention.expire(room.id, 3_600, at)).toBe(3);
    expect(await seqs(room)).toEqual([]);
    expect(await retention.due(3_600, at, 10)).not.toContain(room.id);
  });

  test("is one server's work at a time", async () => {
    let entered = 0;
    const work = () =>
      world.database.leases.exclusively("retention", async () => {
        entered += 1;
      });
    await world.database.leases.exclusively("retention", work);
    expect(entered).toBe(0);
    await work();
    expect(entered).toBe(1);
  });
});

describe("what another node did", () => {
  const standingOf = async (person: Resident, { id }: TestRoom) =>
    (await world.services.otherNodes.standings([person.account])).find((one) => one.id === id);

  test("shows by where its people's conversations stand, also those they were put out of", async () => {
    let room = await world.createRoom(cast());
    const before = await standingOf(member, room);
    expect(before).toMatchObject({ recordNumber: 1, lastSeq: 0, closed: false });
    expect(await standingOf(outsider, room)).toBeUndefined();
    await world.send(owner, room);
    room = await world.change(
      owner,
      room,
      { kind: "remove", changes: [gone("remove", member)] },
      everybody(),
    );
    expect(await standingOf(member, room)).toMatchObject({ recordNumber: 2, lastSeq: 1 });
    expect(await world.services.otherNodes.audience(room.id)).toContain(member.account);
    const { seats, messages } = await world.services.otherNodes.missed(room.id, 0, 1);
    expect(messages.map(({ seq }) => seq)).toEqual([1]);
    expect([...seats.keys()].sort()).toEqual([owner.account, moderator.account].sort());
    world.pass(3_600_000);
    expect(await standingOf(member, room)).toBeUndefined();
    expect(await world.services.otherNodes.audience(room.id)).not.toContain(member.account);
  });

  test("is not hidden by what is remembered here", async () => {
    const room = await world.createRoom(cast());
    const known = () => world.services.conversations.find(room.id);
    const mutedUntil = async () => (await known())?.seats.get(member.account)?.mutedUntil;
    expect(await mutedUntil()).toBeNull();
    const mute = (until: number) =>
      world.database.moderation.mute(room.id, {
        at: world.now(),
        author: owner.account,
        account: member.account,
        until,
      });
    const [soon, later] = [world.now() + 60_000, world.now() + 120_000];
    await mute(soon);
    expect(await mutedUntil()).toBeNull();
    world.services.otherNodes.heard({
      type: "muted",
      account: member.account,
      conversation: room.id,
      until: soon,
    });
    expect(await mutedUntil()).toBe(soon);
    await mute(later);
    world.services.otherNodes.doubt();
    expect(await mutedUntil()).toBe(later);
  });

  /** As if this node had not heard of what was stored since. */
  function remember({ id }: TestRoom, head: ConversationHead | null): Promise<unknown> {
    world.services.conversations.forget(id);
    vi.spyOn(world.database.heads, "find").mockResolvedValueOnce(head);
    return world.services.conversations.find(id);
  }

  test("refuses nobody who is no longer to be refused", async () => {
    let room = await world.createRoom(cast());
    const all = [...everybody(), outsider];
    const before = await world.database.heads.find(room.id);
    room = await world.change(owner, room, { kind: "add", changes: [added(outsider)] }, all);
    room = await world.change(owner, room, { kind: "rotate" }, all);
    await remember(room, before);
    expect(await world.send(member, room)).toBe(1);
    await remember(room, before);
    expect(await world.send(outsider, room)).toBe(2);
    await remember(room, before);
    const { conversations, roomProfiles } = world.services;
    expect(await conversations.records(outsider.session, room.id, {}, CLIENT)).toBeDefined();
    const denied: unknown[] = await world.database.pool.query(
      "SELECT 1 FROM journal WHERE event = 'access-denied' AND detail = ?",
      [`conversation ${room.id}`],
    );
    expect(denied).toEqual([]);
    await remember(room, before);
    const form = { revision: 2, profile: sealedProfile(room.state.keyEpoch, 2) };
    const put = () => roomProfiles.put(owner.session, room.id, form, CLIENT);
    await expect(put()).rejects.toMatchObject({ code: "conflict" });
    await put();
  });

  test("is asked for so often, by whoever is refused all the same", async () => {
    const room = await world.createRoom(cast());
    await mute(owner, room, member, world.now() + 60_000);
    const find = vi.spyOn(world.database.heads, "find");
    for (let i = 0; i < 100; i++) await expect(world.send(member, room)).rejects.toMatchObject(muted);
    expect(find.mock.calls.length).toBeLessThan(50);
    find.mockRestore();
  });

  test("is looked for by all where one is cut off", async () => {
    const { otherNodes } = world.services;
    expect(await otherNodes.isOneCutOff()).toBe(false);
    await otherNodes.noteCutOff();
    expect(await otherNodes.isOneCutOff()).toBe(true);
    expect(await otherNodes.channel()).toBe(await otherNodes.channel());
  });

  test("ends sessions that are not there, or were revoked", async () => {
    expect(await world.services.otherNodes.ended([owner.session.id])).toEqual([owner.session.id]);
    const sid = await world.services.sessions.start(owner.account, CLIENT);
    const id = world.services.sessions.idOf(sid);
    expect(await world.services.otherNodes.ended([id])).toEqual([]);
    await world.services.sessions.revoke(id);
    expect(await world.services.otherNodes.ended([id])).toEqual([id]);
  });
});
