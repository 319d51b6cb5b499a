import { afterAll, beforeAll, expect, test } from "vitest";
import { type MessageId, newId } from "../../lib/base/ids.ts";
import { CLIENT, newEnvelope, openRoomWorld, type RoomWorld } from "./testing/room-world.ts";

let world: RoomWorld;

beforeAll(async () => {
  world = await openRoomWorld();
});

afterAll(() => world?.close());

test("what was let in before an account was deleted is erased, also where it is stored only then", async () => {
  const [owner, bob] = [await world.newResident(), await world.newResident()];
  const room = await world.createRoom([
    [owner, "owner"],
    [bob, "member"],
  ]);
  const { accounts, deletions, messages } = world.database;
  const { deletion } = world.services;
  const account = await accounts.findById(bob.account);
  await deletion.deleteFor(owner.session, bob.account, account?.name ?? "", CLIENT);
  await deletion.drain();
  // By a node that does not know it yet.
  const envelope = newEnvelope(bob, room.state);
  const message = { conversation: room.id, id: newId<MessageId>(), sender: bob.account, envelope };
  const [stored] = await messages.append([{ ...message, recordNumber: 1 }], world.now());
  expect(stored).toMatchObject({ outcome: "stored" });
  world.pass(60_000);
  await deletion.resume(false);
  await deletion.drain();
  const [left] = await messages.page(room.id, { after: 0 }, 1, 1);
  expect(left?.envelope).toHaveLength(32);
  expect(await deletions.unfinished()).toEqual([]);
});
