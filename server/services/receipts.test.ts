import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { CLIENT, openRoomWorld, type RoomWorld } from "./testing/room-world.ts";

let world: RoomWorld;

beforeAll(async () => {
  world = await openRoomWorld();
});

afterAll(() => world?.close());

it("stores what could not be stored as soon as it can, with what came since", async () => {
  const [writer, reader] = [await world.newResident(), await world.newResident()];
  const room = await world.createRoom([
    [writer, "owner"],
    [reader, "member"],
  ]);
  for (let i = 0; i < 3; i++) await world.send(writer, room);
  const { receipts } = world.services;
  const say = (receipt: { delivered: number; read: number }) =>
    receipts.advance(reader.session, room.id, receipt, CLIENT);
  const advance = vi.spyOn(world.database.receipts, "advance").mockRejectedValueOnce(new Error("GONE"));
  await say({ delivered: 1, read: 1 });
  await vi.waitFor(() => expect(advance).toHaveBeenCalledOnce());
  await say({ delivered: 3, read: 0 });
  const told = () => world.events.filter(({ type }) => type === "receipt");
  await vi.waitFor(() => expect(told()).toHaveLength(1), 3_000);
  expect(told()).toMatchObject([{ account: reader.account, delivered: 3, read: 1 }]);
  advance.mockRestore();
});

it("holds up no server that ends", async () => {
  const writer = await world.newResident();
  const room = await world.createRoom([[writer, "owner"]]);
  await world.send(writer, room);
  const advance = vi.spyOn(world.database.receipts, "advance").mockRejectedValue(new Error("GONE"));
  await world.services.receipts.advance(writer.session, room.id, { delivered: 1, read: 1 }, CLIENT);
  await world.services.receipts.drain();
  expect(advance.mock.calls.length).toBeLessThanOrEqual(2);
  advance.mockRestore();
});
