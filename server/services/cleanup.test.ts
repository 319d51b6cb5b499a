import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { openRoomWorld, type RoomWorld } from "./testing/room-world.ts";

const HOUR_MS = 3_600_000;
const GONE = new Error("GONE");

let world: RoomWorld;

beforeAll(async () => {
  world = await openRoomWorld();
});

afterAll(() => world?.close());
afterEach(() => vi.restoreAllMocks());

test("a part of the cleanup that fails keeps no other from its work", async () => {
  const { registrations, sessions, joinRequests } = world.database;
  vi.spyOn(registrations, "deleteExpired").mockRejectedValue(GONE);
  vi.spyOn(sessions, "deleteEnded").mockRejectedValue(GONE);
  const last = vi.spyOn(joinRequests, "deleteOlderThan");
  await world.services.deleteExpired();
  expect(last).toHaveBeenCalledOnce();
});

test("a conversation whose messages cannot be deleted keeps no other from it", async () => {
  const owner = await world.newResident();
  const policy = { retentionSeconds: 3_600, rotationSeconds: 360 };
  const rooms = [];
  for (let i = 0; i < 3; i++) {
    const room = await world.createRoom([[owner, "owner"]], { policy });
    await world.send(owner, room);
    rooms.push(room.id);
  }
  world.pass(HOUR_MS);
  const { retention } = world.database;
  const due = async () => (await retention.due(0, world.now(), 10)).sort();
  expect(await due()).toEqual(rooms.sort());
  const { expire } = retention;
  const [stuck] = rooms;
  vi.spyOn(retention, "expire").mockImplementation(async (id, ...rest) => {
    if (id === stuck) throw GONE;
    return expire(id, ...rest);
  });
  await world.services.retention.expire();
  expect(await due()).toEqual([stuck]);
});

test("a first message that a clock dated far ahead keeps nothing behind it beyond its time", async () => {
  const owner = await world.newResident();
  const room = await world.createRoom([[owner, "owner"]], {
    policy: { retentionSeconds: 3_600, rotationSeconds: 360 },
  });
  world.pass(1_000 * HOUR_MS);
  await world.send(owner, room);
  world.pass(-1_000 * HOUR_MS);
  await world.send(owner, room);
  const { retention } = world.database;
  expect(await retention.due(0, world.now(), 10)).not.toContain(room.id);
  world.pass(HOUR_MS / 2);
  await world.send(owner, room);
  world.pass(HOUR_MS / 2);
  expect(await retention.due(0, world.now(), 10)).toContain(room.id);
  await world.services.retention.expire();
  const left = await world.database.messages.page(room.id, { after: 0 }, 1, 10);
  expect(left.map(({ seq }) => seq)).toEqual([3]);
});
