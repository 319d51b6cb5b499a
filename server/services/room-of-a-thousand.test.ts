import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type AccountId, newId } from "../../lib/base/ids.ts";
import { newSigningEpoch, newSigningKey, type Person } from "../../lib/crypto/testing/people.ts";
import type { Role } from "../../lib/protocol/layout/member-change.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import {
  added,
  CLIENT,
  gone,
  openRoomWorld,
  type Resident,
  type RoomWorld,
  type TestRoom,
} from "./testing/room-world.ts";

/** Everything here takes a number of statements that has nothing to do with the number of members. */
const FEW = 30;

let world: RoomWorld;
let owner: Resident;
let people: Resident[];
let late: Resident;
let room: TestRoom;

beforeAll(async () => {
  world = await openRoomWorld();
  const everybody = await Promise.all(Array.from({ length: LIMITS.roomMembers + 1 }, newNumber));
  const residents = await world.settleAll(everybody);
  late = residents.pop() as Resident;
  people = residents;
  owner = residents[0] as Resident;
}, 120_000);

afterAll(() => world?.close());

/** Somebody whose transport key is of the right size: nobody opens anything here. */
async function newNumber(_: unknown, i: number): Promise<Person> {
  const account = newId<AccountId>();
  const identity = await newSigningKey();
  const publicKey = new Uint8Array(1216);
  new DataView(publicKey.buffer).setUint32(0, i);
  const transport = { seed: new Uint8Array(32) as never, publicKey };
  return { account, identity, transport, ...(await newSigningEpoch({ account, identity }, 1)) };
}

async function statements(work: () => Promise<unknown>): Promise<number> {
  const count = async () => {
    const [row]: { Value: string }[] = await world.database.pool.query("SHOW GLOBAL STATUS LIKE 'Questions'");
    return Number(row?.Value);
  };
  const before = await count();
  await work();
  return (await count()) - before;
}

describe("a room of a thousand", () => {
  test("is created, listed and shown in a few statements each", async () => {
    const roles = people
      .slice(0, -1)
      .map((person, i): [Resident, Role] => [person, i === 0 ? "owner" : "member"]);
    const created = await statements(async () => {
      room = await world.createRoom(roles, { type: "public-room" });
    });
    expect(created).toBeLessThan(FEW);
    const { conversations } = world.services;
    expect(await statements(() => conversations.list(owner.session, CLIENT))).toBeLessThan(FEW);
    let members: unknown[] = [];
    const shown = await statements(async () => {
      members = await conversations.members(owner.session, room.id, CLIENT);
    });
    expect(shown).toBeLessThan(FEW);
    expect(members).toHaveLength(LIMITS.roomMembers - 1);
  });

  test("lets the thousandth in and nobody else", async () => {
    const last = people.at(-1) as Resident;
    const joined = await statements(async () => {
      room = await world.change(owner, room, { kind: "add", changes: [added(last)] }, people);
    });
    expect(joined).toBeLessThan(FEW);
    const full = world.change(owner, room, { kind: "add", changes: [added(late)] }, [late]);
    await expect(full).rejects.toMatchObject({ code: "room-full" });
  });

  test("changes its key for all when one is removed, and follows its chain from where it was", async () => {
    const chain = vi.spyOn(world.database.records, "chain");
    const removed = people.at(-1) as Resident;
    const changed = await statements(async () => {
      room = await world.change(owner, room, { kind: "remove", changes: [gone("remove", removed)] }, people);
    });
    expect(changed).toBeLessThan(FEW);
    expect(chain.mock.calls).toEqual([[room.id, 2]]);
    chain.mockRestore();
    const { boxes } = await world.services.conversations.records(
      (people[500] as Resident).session,
      room.id,
      { after: 2 },
      CLIENT,
    );
    expect(boxes.map(({ keyEpoch }) => keyEpoch)).toEqual([1, 2]);
    const { session } = people[500] as Resident;
    const later = await world.services.conversations.records(
      session,
      room.id,
      { after: 2, keyEpoch: 1 },
      CLIENT,
    );
    expect(later.boxes.map(({ keyEpoch }) => keyEpoch)).toEqual([2]);
  });

  test("tells positions to their own browsers alone", async () => {
    await world.send(owner, room);
    const reader = people[1] as Resident;
    await world.services.receipts.advance(reader.session, room.id, { delivered: 1, read: 1 }, CLIENT);
    await world.services.receipts.drain();
    expect(world.events.at(-1)).toMatchObject({ type: "receipt", members: [reader.account], read: 1 });
  });
});
