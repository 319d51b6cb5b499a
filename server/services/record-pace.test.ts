import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idToBytes, newId } from "../../lib/base/ids.ts";
import type { Box } from "./records.ts";
import {
  CLIENT,
  gone,
  nextRecord,
  openRoomWorld,
  type Resident,
  type RoomWorld,
  type TestRoom,
} from "./testing/room-world.ts";

const conflict = { code: "conflict" };

let world: RoomWorld;
let owner: Resident;
let member: Resident;

beforeAll(async () => {
  world = await openRoomWorld();
  owner = await world.newResident();
  member = await world.newResident();
}, 60_000);

afterAll(() => world?.close());

const newRoom = () =>
  world.createRoom([
    [owner, "owner"],
    [member, "member"],
  ]);

describe("records", () => {
  test("of one member come at a pace that the others can follow", async () => {
    const room = await newRoom();
    const { record, boxes } = await nextRecord(member, room.state, { kind: "rotate" }, [owner, member]);
    const form = { record: record.bytes, boxes };
    const rotate = ({ session }: Resident) => world.services.records.append(session, room.id, form, CLIENT);
    // A new minute.
    world.pass(60_000);
    await rotate(member);
    for (let i = 1; i < 60; i++) await expect(rotate(member)).rejects.toMatchObject(conflict);
    await expect(rotate(member)).rejects.toMatchObject({ code: "too-many-requests" });
    await expect(rotate(owner)).rejects.toMatchObject(conflict);
    world.pass(60_000);
    await expect(rotate(member)).rejects.toMatchObject(conflict);
  });

  test("deal out so many keys a minute, of one account in all rooms", async () => {
    const room = await newRoom();
    const { record, boxes } = await nextRecord(owner, room.state, { kind: "rotate" }, [owner, member]);
    const many = { record: record.bytes, boxes: Array.from({ length: 2_000 }, () => boxes[0] as Box) };
    world.pass(60_000);
    const deal = ({ session }: Resident) => world.services.records.append(session, room.id, many, CLIENT);
    for (let i = 0; i < 10; i++) await expect(deal(owner)).rejects.toMatchObject({ code: "bad-request" });
    await expect(deal(owner)).rejects.toMatchObject({ code: "too-many-requests" });
    await expect(deal(member)).rejects.toMatchObject({ code: "bad-request" });
    world.pass(60_000);
    await world.append(owner, room, record, boxes);
  });
});

describe("the end of a room", () => {
  test("comes with the last who leaves, also where its chain still lists a deleted account", async () => {
    const ghost = await world.newResident();
    const room = await world.createRoom([
      [member, "owner"],
      [ghost, "owner"],
      [owner, "member"],
    ]);
    await world.send(owner, room);
    const account = await world.database.accounts.findById(ghost.account);
    await world.services.deletion.deleteFor(owner.session, ghost.account, account?.name ?? "", CLIENT);
    await world.services.deletion.drain();
    const leave = (who: Resident, { id, state }: TestRoom) =>
      world.change(who, { id, state }, { kind: "remove", changes: [gone("remove", who)] }, []);
    const left = await leave(owner, room);
    const { pool } = world.database;
    const count = async () =>
      (await pool.query("SELECT 1 FROM conversation WHERE id = ?", [Buffer.from(idToBytes(room.id))])).length;
    expect(await count()).toBe(1);
    await leave(member, left);
    expect(await count()).toBe(0);
    expect(world.events.at(-1)).toMatchObject({ type: "closed", conversation: room.id });
  });

  test("what a crash came between goes on, however much is left", async () => {
    const [room, other] = [await newRoom(), await newRoom()];
    const id = (one: TestRoom) => Buffer.from(idToBytes(one.id));
    const { pool } = world.database;
    await pool.batch(
      "INSERT INTO message (conversation_id, seq, message_id, sender_id, stored_at, envelope) VALUES (?, ?, ?, ?, NOW(), 'x')",
      Array.from({ length: 1_001 }, (_, i) => [id(room), i + 1, Buffer.from(idToBytes(newId())), id(room)]),
    );
    await world.services.conversations.find(room.id);
    // As the first step leaves it.
    expect(await world.database.records.close(room.id, room.state.number + 1, world.now())).toBe(true);
    // Sent by who has not heard of it yet, to a server that has not either.
    await expect(world.send(owner, room)).rejects.toMatchObject({ code: "conversation-closed" });
    const { conversations } = await world.services.conversations.list(owner.session, CLIENT);
    expect(conversations.map((one) => one.id)).not.toContain(room.id);
    await world.services.records.eraseClosed();
    for (const [table, column] of [
      ["message", "conversation_id"],
      ["conversation", "id"],
    ])
      expect(await pool.query(`SELECT 1 FROM ${table} WHERE ${column} = ?`, [id(room)])).toEqual([]);
    await world.send(owner, other);
  });
});
