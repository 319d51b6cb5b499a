import { beforeAll, describe, expect, test } from "vitest";
import { type AccountId, idToBytes, newId } from "../../../lib/base/ids.ts";
import type { Admission } from "../sessions.ts";
import { CLIENT, gone, nextRecord, type Resident, type RoomWorld, ranked } from "./room-world.ts";

interface Scene {
  readonly world: RoomWorld;
  /** An administrator. */
  readonly chief: Admission;
}

/** As the database does, other than text does. */
const byBytes = (a: AccountId, b: AccountId) => Buffer.compare(idToBytes(a), idToBytes(b));

/** Rooms that none of their owners is in any more: offered to members, and taken over by them. */
export function describeHandOver(scene: () => Scene): void {
  describe("a room that lost its owners", () => tests(scene));
}

function tests(scene: () => Scene): void {
  let world: RoomWorld;
  let chief: Admission;
  let rooms: RoomWorld["services"]["admin"]["rooms"];
  const residents = (count: number): Promise<Resident[]> =>
    Promise.all(Array.from({ length: count }, () => world.newResident()));
  const three = async () => (await residents(3)) as [Resident, Resident, Resident];
  beforeAll(() => {
    ({ world, chief } = scene());
    ({ rooms } = world.services.admin);
  });

  /** Without a word of theirs: the records go on listing them. */
  async function end({ account }: Resident): Promise<void> {
    const { name } = (await world.services.admin.people.read(account)).person;
    await world.services.admin.people.delete(chief, account, name, CLIENT);
  }
  const succession = (heir: Resident, above: readonly Resident[]) => ({
    kind: "succession" as const,
    changes: [ranked(heir, "owner"), ...above.map((each) => gone("remove", each))],
  });

  test("is taken over by who has the highest role left, once all above are gone, and by one of them", async () => {
    const [owner, second, member] = await three();
    const [first, other] = await three();
    const people = [owner, second, first, other, member];
    let room = await world.createRoom([
      [owner, "owner"],
      [second, "owner"],
      [first, "moderator"],
      [other, "moderator"],
      [member, "member"],
    ]);
    const take = (heir: Resident, above: readonly Resident[]) =>
      world.change(heir, room, succession(heir, above), people);
    const bad = { code: "bad-request" };
    await expect(take(first, [owner, second])).rejects.toMatchObject(bad);
    await end(owner);
    await expect(take(first, [owner, second])).rejects.toMatchObject(bad);
    await end(second);
    await expect(take(member, [owner, second, first, other])).rejects.toMatchObject(bad);
    expect(await rooms.read(room.id)).toMatchObject({
      room: { ownerless: true, members: 3 },
      leaders: "nobody",
    });
    // Archived by those who run the server: nothing comes in, and who leads it may change.
    await rooms.setArchived(chief, room.id, true, CLIENT);
    const late = await nextRecord(other, room.state, succession(other, [owner, second]), people);
    room = await take(first, [owner, second]);
    await expect(world.append(other, room, late.record, late.boxes)).rejects.toMatchObject({
      code: "conflict",
    });
    await rooms.setArchived(chief, room.id, false, CLIENT);
    expect(await rooms.read(room.id)).toMatchObject({
      room: { ownerless: false, members: 3 },
      leaders: "owner",
    });
    await world.send(first, room);
    room = await world.change(first, room, { kind: "roles", changes: [ranked(other, "member")] }, people);
    expect(
      await world.database.pool.query("SELECT detail FROM journal WHERE event = 'room-taken-over'"),
    ).toEqual([{ detail: room.id }]);
  });

  test("is offered to one of them, until that is answered or there is nothing to answer", async () => {
    const { admin, conversations, roomOffers } = world.services;
    const { handOver } = admin;
    const [owner, member, first] = await three();
    const [second, third] = await three();
    const people = [owner, first, second, third, member];
    let room = await world.createRoom([
      [owner, "owner"],
      [first, "moderator"],
      [second, "moderator"],
      [third, "moderator"],
      [member, "member"],
    ]);
    const { id } = room;
    const heirs = async (start = "") =>
      (await handOver.heirs(id, start)).people.map((each) => each.id).sort(byBytes);
    const offer = (heir: Resident) => handOver.offer(chief, id, heir.account, CLIENT);
    const asked = async ({ session }: Resident) =>
      (await conversations.heads(session)).heads.find((head) => head.id === id)?.offered;
    const offered = async () => (await rooms.read(id)).offer?.person.id ?? null;

    expect(await heirs()).toEqual([]);
    await expect(offer(first)).rejects.toMatchObject({ code: "conflict" });
    await end(owner);
    expect(await heirs()).toEqual([first, second, third].map(({ account }) => account).sort(byBytes));
    const hex = Buffer.from(idToBytes(second.account)).toString("hex");
    expect(await heirs(hex)).toEqual([second.account]);
    expect(await heirs("%")).toEqual([]);
    await expect(offer(member)).rejects.toMatchObject({ code: "conflict" });
    await expect(offer(owner)).rejects.toMatchObject({ code: "conflict" });
    await expect(handOver.offer(chief, newId(), first.account, CLIENT)).rejects.toMatchObject({
      code: "not-found",
    });

    await offer(first);
    expect([await asked(first), await asked(second)]).toEqual([true, false]);
    await offer(second);
    expect(world.events.at(-1)).toMatchObject({
      type: "room-offer",
      members: [first.account, second.account],
    });
    expect([await asked(first), await asked(second)]).toEqual([false, true]);
    await expect(roomOffers.decline(first.session, id, CLIENT)).rejects.toMatchObject({ code: "not-found" });
    await roomOffers.decline(second.session, id, CLIENT);
    expect([await offered(), await asked(second)]).toEqual([null, false]);
    await offer(first);
    await handOver.withdraw(chief, id, CLIENT);
    await expect(handOver.withdraw(chief, id, CLIENT)).rejects.toMatchObject({ code: "not-found" });

    // Who is asked leaves, or the account ends; who is kept out is not asked.
    await offer(second);
    room = await world.change(second, room, { kind: "remove", changes: [gone("remove", second)] }, people);
    expect(await offered()).toBe(null);
    await offer(third);
    await end(third);
    expect(await offered()).toBe(null);
    await admin.people.restrain(chief, first.account, { kind: "banned", reason: "", until: null }, CLIENT);
    expect(await heirs()).toEqual([]);
    await admin.people.lift(chief, first.account, CLIENT);
    await offer(first);
    room = await world.change(first, room, succession(first, [owner]), people);
    expect([await offered(), await asked(first)]).toEqual([null, false]);
    const events: { event: string; detail: string }[] = await world.database.pool.query(
      "SELECT event, detail FROM journal WHERE event LIKE 'room-offer%' ORDER BY id LIMIT 3",
    );
    expect(events).toEqual([
      { event: "room-offered", detail: `${id} to ${first.account}` },
      { event: "room-offered", detail: `${id} to ${second.account}` },
      { event: "room-offer-ended", detail: `${id} declined` },
    ]);
  });
}
