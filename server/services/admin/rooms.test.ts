import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AccountId, type ConversationId, idToBytes, newId } from "../../../lib/base/ids.ts";
import { ROOM_GROUPS, ROOM_SORTS } from "../../../lib/protocol/http/admin/rooms.ts";
import { pageQuery } from "../../database/admin/rooms.ts";
import { dayOf } from "../day.ts";
import type { Admission } from "../sessions.ts";
import { describeHandOver } from "../testing/hand-over.ts";
import { queryCost } from "../testing/query-cost.ts";
import {
  added,
  CLIENT,
  gone,
  newEnvelope,
  openRoomWorld,
  type Resident,
  type RoomWorld,
  ranked,
} from "../testing/room-world.ts";

let world: RoomWorld;
let rooms: RoomWorld["services"]["admin"]["rooms"];
let chief: Admission;

beforeAll(async () => {
  world = await openRoomWorld();
  rooms = world.services.admin.rooms;
  chief = { ...(await world.newResident()).session, role: "administrator" } as Admission;
}, 60_000);

afterAll(() => world?.close());

const residents = (count: number): Promise<Resident[]> =>
  Promise.all(Array.from({ length: count }, () => world.newResident()));
const three = async () => (await residents(3)) as [Resident, Resident, Resident];
/** As the database does, other than text does. */
const byBytes = (a: AccountId, b: AccountId) => Buffer.compare(idToBytes(a), idToBytes(b));
const listed = async (id: ConversationId) => (await rooms.list({ q: id })).rows;

describe("a room", () => {
  test("shows how large it is and who is in it, and of a private one no name", async () => {
    const [owner, moderator, member] = await three();
    const room = await world.createRoom([
      [owner, "owner"],
      [moderator, "moderator"],
      [member, "member"],
    ]);
    await world.send(member, room);
    const { services } = world;
    const until = world.now() + 60_000;
    await services.moderation.mute(
      moderator.session,
      room.id,
      { account: member.account, until: until },
      CLIENT,
    );
    const details = await rooms.read(room.id);
    expect(details).toMatchObject({
      room: { kind: "private-room", name: null, topic: null, members: 3, messages: 1, ownerless: false },
      leaders: "owner",
      events: [
        {
          kind: "muted",
          author: { id: moderator.account },
          person: { id: member.account },
          until,
        },
      ],
    });
    expect(details.room.activeDay).toBe(dayOf(world.now()));
    expect((await listed(room.id))[0]).toMatchObject({ owners: [{ id: owner.account }], ownerCount: 1 });
    const { rows } = await rooms.members(room.id, undefined);
    expect(rows.map(({ person, role }) => [person.id, role])).toEqual([
      [owner.account, "owner"],
      [moderator.account, "moderator"],
      [member.account, "member"],
    ]);
    expect(rows[2]?.mutedUntil).toBe(until);
    const rest = await rooms.members(room.id, `owner~${owner.account}`);
    expect(rest.rows.map(({ role }) => role)).toEqual(["moderator", "member"]);
  });

  test("is found by the start of a public name, and by its id", async () => {
    const [owner] = await three();
    const open = await world.createRoom([[owner, "owner"]], { type: "public-room", name: "Zinnias 100%" });
    expect((await rooms.list({ q: "zinnias 100%" })).rows.map(({ id }) => id)).toEqual([open.id]);
    expect((await rooms.list({ q: "_innias" })).rows).toEqual([]);
    expect(await listed(open.id)).toMatchObject([{ id: open.id, name: "Zinnias 100%" }]);
    expect((await rooms.list({ group: "public" })).rows.map(({ id }) => id)).toContain(open.id);
    expect((await rooms.list({ group: "private" })).rows.map(({ id }) => id)).not.toContain(open.id);
  });

  test("is as large as the messages that were counted, of which expired ones are gone again", async () => {
    const [owner, second, third] = await three();
    const room = await world.createRoom([
      [owner, "owner"],
      [second, "owner"],
      [third, "owner"],
    ]);
    const { roomSizing } = world.services;
    const { pool } = world.database;
    const id = Buffer.from(idToBytes(room.id));
    const stored = async (): Promise<number> => {
      const [row] = await pool.query(
        "SELECT CAST(SUM(OCTET_LENGTH(envelope)) AS UNSIGNED) AS bytes FROM message WHERE conversation_id = ?",
        [id],
      );
      return Number(row.bytes);
    };
    for (let sent = 0; sent < 3; sent++) await world.send(owner, room);
    await roomSizing.run();
    expect((await listed(room.id))[0]?.bytes).toBe(await stored());
    await world.send(second, room);
    expect(await stored()).toBeGreaterThan((await listed(room.id))[0]?.bytes ?? 0);
    world.pass(1_000);
    await roomSizing.run();
    const { rows, countedAt } = await rooms.list({ q: room.id });
    expect(rows[0]).toMatchObject({ bytes: await stored(), ownerCount: 3 });
    const owners = [owner, second, third].map(({ account }) => account).sort(byBytes);
    expect(rows[0]?.owners.map((one) => one.id)).toEqual(owners.slice(0, 2));
    expect(countedAt).toBe(world.now());
    // All are as large: so that what is left is half of what was.
    await pool.query("DELETE FROM message WHERE conversation_id = ? AND seq <= 2", [id]);
    await pool.query("UPDATE conversation SET first_seq = 3 WHERE id = ?", [id]);
    await roomSizing.run();
    expect((await rooms.read(room.id)).room.bytes).toBe(await stored());
    await pool.query("UPDATE conversation SET first_seq = 5 WHERE id = ?", [id]);
    await roomSizing.run();
    expect((await rooms.read(room.id)).room.bytes).toBe(0);
  });

  test("is none where two talk to each other", async () => {
    const [alice, bob] = await three();
    const { id } = await world.createRoom(
      [
        [alice, "owner"],
        [bob, "owner"],
      ],
      { type: "direct" },
    );
    await expect(rooms.read(id)).rejects.toMatchObject({ code: "not-found" });
    await expect(rooms.members(id, undefined)).rejects.toMatchObject({ code: "not-found" });
    await expect(rooms.delete(chief, id, 2, CLIENT)).rejects.toMatchObject({ code: "not-found" });
    expect(await listed(id)).toEqual([]);
  });

  test("whose owner goes is ownerless; who follows, the records say", async () => {
    const [owner, heir, member] = await three();
    const people = [owner, heir, member];
    let room = await world.createRoom([
      [owner, "owner"],
      [heir, "owner"],
      [member, "member"],
    ]);
    room = await world.change(heir, room, { kind: "roles", changes: [ranked(heir, "moderator")] }, people);
    expect((await rooms.read(room.id)).room.ownerless).toBe(false);
    // Its end signs nothing: the records go on listing an owner.
    const { name } = (await world.services.admin.people.read(owner.account)).person;
    await world.services.admin.people.delete(chief, owner.account, name, CLIENT);
    expect(await rooms.read(room.id)).toMatchObject({ room: { ownerless: true }, leaders: "nobody" });
    expect((await rooms.list({ group: "ownerless" })).rows.map(({ id }) => id)).toEqual([room.id]);
    await world.change(member, room, { kind: "remove", changes: [gone("remove", member)] }, people);
    expect((await rooms.read(room.id)).room.members).toBe(1);
  });
});

test("a room ends for everybody, counted, and nothing of it is left", async () => {
  const [owner, member, stranger] = await three();
  const room = await world.createRoom([
    [owner, "owner"],
    [member, "member"],
  ]);
  await world.send(owner, room);
  await expect(rooms.delete(chief, room.id, 1, CLIENT)).rejects.toMatchObject({ code: "conflict" });
  await expect(rooms.delete(chief, newId(), 1, CLIENT)).rejects.toMatchObject({ code: "not-found" });
  await rooms.delete(chief, room.id, 2, CLIENT);
  const told = world.events.find((event) => event.type === "closed" && event.conversation === room.id);
  expect(told).toMatchObject({ members: expect.arrayContaining([owner.account, member.account]) });
  expect(JSON.stringify(told)).not.toContain(stranger.account);
  await expect(world.send(owner, room)).rejects.toMatchObject({ code: "not-found" });
  await expect(rooms.read(room.id)).rejects.toMatchObject({ code: "not-found" });
  for (const table of ["message", "conversation_record", "conversation_member", "conversation_box"])
    expect(
      await world.database.pool.query(`SELECT 1 FROM ${table} WHERE conversation_id = ?`, [
        Buffer.from(idToBytes(room.id)),
      ]),
    ).toEqual([]);
  expect(
    await world.database.pool.query(
      "SELECT detail FROM journal WHERE event = 'room-deleted' AND account_id = ?",
      [Buffer.from(idToBytes(chief.accountId))],
    ),
  ).toEqual([{ detail: `${room.id} 2 members` }]);
});

test("a room that is archived is read and left, and takes nothing new until it is open again", async () => {
  const [owner, member, newcomer] = await three();
  const people = [owner, member, newcomer];
  const archived = { code: "room-archived" };
  let room = await world.createRoom([
    [owner, "owner"],
    [member, "member"],
  ]);
  const { messages, conversations, otherNodes } = world.services;
  const before = newEnvelope(member, room.state);
  const send = () => messages.send(member.session, before, CLIENT, { connection: "test", request: 1 });
  const first = await send();
  await expect(rooms.setArchived(chief, newId(), true, CLIENT)).rejects.toMatchObject({ code: "not-found" });
  for (let time = 0; time < 2; time++) await rooms.setArchived(chief, room.id, true, CLIENT);
  const told = world.events.filter((event) => event.type === "archived" && event.conversation === room.id);
  expect(told).toMatchObject([{ archived: true, members: expect.arrayContaining([owner.account]) }]);
  expect((await rooms.read(room.id)).room.archived).toBe(true);
  expect((await rooms.list({ group: "archived" })).rows.map(({ id }) => id)).toEqual([room.id]);

  await expect(world.send(owner, room)).rejects.toMatchObject(archived);
  // Its receipt was lost: it is there all the same.
  expect(await send()).toEqual(first);
  expect(await messages.page(owner.session, room.id, { after: 0 }, CLIENT)).toHaveLength(1);
  const { heads } = await conversations.heads(member.session);
  expect(heads.find(({ id }) => id === room.id)).toMatchObject({ archived: true, closed: false });
  const add = { kind: "add", changes: [added(newcomer)] } as const;
  await expect(world.change(owner, room, add, people)).rejects.toMatchObject(archived);
  room = await world.change(member, room, { kind: "remove", changes: [gone("remove", member)] }, people);

  await rooms.setArchived(chief, room.id, false, CLIENT);
  await world.send(owner, room);
  // As another node does it, before this one hears of it.
  await world.database.admin.rooms.setArchived(room.id, true);
  expect((await conversations.find(room.id))?.archived).toBe(false);
  await expect(world.send(owner, room)).rejects.toMatchObject(archived);
  expect((await conversations.find(room.id))?.archived).toBe(true);
  await world.database.admin.rooms.setArchived(room.id, false);
  // What this one remembers alone refuses nothing.
  await world.send(owner, room);
  for (const archived of [true, false]) {
    await world.database.admin.rooms.setArchived(room.id, archived);
    otherNodes.heard({ type: "archived", members: [], conversation: room.id, archived });
    expect((await conversations.find(room.id))?.archived).toBe(archived);
  }
  room = await world.change(owner, room, add, people);
  await world.send(newcomer, room);
  expect(
    await world.database.pool.query(
      "SELECT event, detail FROM journal WHERE event IN ('room-archived', 'room-reopened') ORDER BY id",
    ),
  ).toEqual([
    { event: "room-archived", detail: room.id },
    { event: "room-reopened", detail: room.id },
  ]);
});

describeHandOver(() => ({ world, chief }));

describe("among 20,000 rooms", () => {
  beforeAll(async () => {
    await world.database.pool.query(
      `INSERT INTO conversation (id, kind, record_number, record_hash, key_epoch, last_seq, created_at, active_day,
                                 member_count, ownerless, archived, stored_bytes)
       SELECT UNHEX(LPAD(HEX(seq), 32, '0')), ELT(1 + seq % 3, 'private_room', 'public_room', 'direct'), 1, '', 1, seq,
              TIMESTAMPADD(MINUTE, seq DIV 3, '2025-01-01'), 20260101 + seq % 7, seq % 9, seq % 3 < 2 AND seq % 50 < 2,
              seq % 3 < 2 AND seq % 40 < 2,
              seq % 11 * 1000
         FROM seq_1_to_30000`,
    );
    await world.database.pool.query("ANALYZE TABLE conversation");
  }, 60_000);

  /** How the rooms are found, and how many are looked at for it. */
  async function cost(sql: string, values: readonly unknown[]) {
    const { plan, read } = await queryCost(world.database.pool, sql, values);
    return { plan: plan.filter(({ table }) => table === "c"), read };
  }

  test.each(ROOM_GROUPS.flatMap((group) => ROOM_SORTS.map((sort) => [group, sort] as const)))(
    "a page of %s by %s costs as many rooms as it has, wherever it begins",
    async (filter, sort) => {
      const place = {
        value: { active: 20260104, created: Date.UTC(2025, 0, 4), size: 5, bytes: 5_000 }[sort],
        id: newId(),
      };
      for (const descending of [false, true]) {
        for (const after of [null, place as { value: number; id: ConversationId }]) {
          const { sql, values } = pageQuery({ filter, sort, descending }, after, 51);
          const { plan, read } = await cost(sql, values);
          expect(plan).toHaveLength(filter === "all" ? 2 : 1);
          for (const { key, Extra } of plan) {
            expect(key).toMatch(/^conversation_/);
            expect(Extra).not.toMatch(/filesort|temporary/);
          }
          expect(read).toBeLessThan(200);
        }
      }
    },
    20_000,
  );

  test.each(ROOM_SORTS)(
    "pages by %s follow each other without a gap, also where many are alike",
    async (sort) => {
      for (const descending of ["true", "false"] as const) {
        const first = await rooms.list({ sort, descending });
        const second = await rooms.list({ sort, descending, after: first.next ?? "" });
        const order = { filter: "all", sort, descending: descending === "true" } as const;
        expect([...first.rows, ...second.rows]).toMatchObject(
          await world.database.admin.rooms.list(order, null, 100),
        );
        expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(100);
      }
    },
  );
});
