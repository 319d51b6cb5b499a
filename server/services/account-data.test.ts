import { afterAll, beforeAll, expect, test } from "vitest";
import { CLIENT, openRoomWorld, type Resident, type RoomWorld } from "./testing/room-world.ts";

let world: RoomWorld;
let people: Resident[];

beforeAll(async () => {
  world = await openRoomWorld();
  people = await Promise.all([1, 2, 3, 4, 5].map(() => world.newResident()));
});

afterAll(() => world?.close());

const read = ({ session }: Resident) => world.services.accountData.read(session, CLIENT);
const outcomes = async (work: Promise<unknown>[]) =>
  (await Promise.allSettled(work)).map((one) => (one.status === "rejected" ? one.reason.code : "read"));

test("is read once at a time for an account, and for few at once", async () => {
  const [alice] = people as [Resident];
  expect(await outcomes([read(alice), read(alice)])).toEqual(["read", "overloaded"]);
  expect(await outcomes(people.map(read))).toEqual(["read", "read", "read", "read", "overloaded"]);
  expect((await read(alice)).account).toMatchObject({ name: expect.any(String) });
});
