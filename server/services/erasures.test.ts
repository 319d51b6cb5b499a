import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Role } from "../../lib/protocol/layout/member-change.ts";
import {
  CLIENT,
  gone,
  openRoomWorld,
  type Resident,
  type RoomWorld,
  type TestRoom,
} from "./testing/room-world.ts";

const notFound = { code: "not-found" };

let world: RoomWorld;
let owner: Resident;
let moderator: Resident;
let member: Resident;
let outsider: Resident;
let room: TestRoom;

beforeAll(async () => {
  world = await openRoomWorld();
  owner = await world.newResident();
  moderator = await world.newResident();
  member = await world.newResident();
  outsider = await world.newResident();
}, 60_000);

afterAll(() => world?.close());

/** One message of each, in this order. */
beforeEach(async () => {
  const cast: [Resident, Role][] = [
    [owner, "owner"],
    [moderator, "moderator"],
    [member, "member"],
  ];
  room = await world.createRoom(cast);
  for (const [person] of cast) await world.send(person, room);
});

const erase = ({ session }: Resident, ...messages: number[]) =>
  world.services.erasures.erase(session, room.id, messages, CLIENT);

async function erased(): Promise<number[]> {
  const page = await world.services.messages.page(owner.session, room.id, { after: 0 }, CLIENT);
  expect(page).toHaveLength(3);
  return page.filter(({ envelope }) => envelope.length === 32).map(({ seq }) => seq);
}

const noted = async () =>
  (await world.services.moderation.events(owner.session, room.id, CLIENT)).map(
    ({ kind, author, account }) => ({
      kind,
      author,
      account,
    }),
  );

describe("the content of a message", () => {
  test("goes by its sender's will, and nobody is told", async () => {
    await erase(member, 3);
    await erase(member, 3);
    expect(await erased()).toEqual([3]);
    expect(await noted()).toEqual([]);
  });

  test("goes by a moderator's or an owner's will, which is written down", async () => {
    await erase(moderator, 3);
    await erase(owner, 2, 1);
    expect(await erased()).toEqual([1, 2, 3]);
    expect(await noted()).toEqual([
      { kind: "erased", author: owner.account, account: moderator.account },
      { kind: "erased", author: moderator.account, account: member.account },
    ]);
  });

  test("stays whatever others want", async () => {
    await expect(erase(member, 1)).rejects.toMatchObject(notFound);
    await expect(erase(member, 99)).rejects.toMatchObject(notFound);
    await expect(erase(outsider, 1)).rejects.toMatchObject(notFound);
    await erase(member, 1, 2, 3);
    expect(await erased()).toEqual([3]);
  });

  test("stays after its sender was removed, but for moderators", async () => {
    const change = { kind: "remove", changes: [gone("remove", member)] } as const;
    room = await world.change(owner, room, change, [owner, moderator]);
    await expect(erase(member, 3)).rejects.toMatchObject(notFound);
    await erase(moderator, 3);
    expect(await erased()).toEqual([3]);
  });
});
