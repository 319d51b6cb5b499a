import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Box } from "./records.ts";
import { CLIENT, nextRecord, openRoomWorld, type Resident, type RoomWorld } from "./testing/room-world.ts";

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
