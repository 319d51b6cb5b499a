import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromUtf8, utf8 } from "../../lib/base/bytes.ts";
import { recordsAnswer } from "../../lib/protocol/http/conversations.ts";
import { parseRecord } from "../../lib/protocol/layout/record.ts";
import { putForward } from "../../server/testing/clock.ts";
import { type Device, registerDevice } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { endAccount, offerRoom } from "../security/support/room-rules.ts";
import { describeBlocking, describeReports } from "./reporting.ts";
import { enters, goOffline, goOnline, here, idOf, isOut, newRoom, roomsOf, sees } from "./rooms.ts";

let server: ServerProcess;
let alice: Device;
let bob: Device;
let carol: Device;
let dave: Device;

beforeAll(async () => {
  server = await startServer();
  alice = await registerDevice(server, "alice");
  bob = await registerDevice(server, "bob");
  carol = await registerDevice(server, "carol");
  dave = await registerDevice(server, "dave");
});

afterAll(async () => {
  for (const device of [alice, bob, carol, dave]) device?.close();
  await server?.dispose();
});

async function records(device: Device, room: string) {
  const response = await device.platform.fetch(`/api/conversations/${room}/records`);
  return recordsAnswer.parse(await response.json()).records.map(parseRecord);
}

const memberNames = async (device: Device, room: Parameters<typeof here>[1]) =>
  (await (await roomsOf(device)).details(room)).members.map(({ person, role }) => [person.name, role]);

describe("a private room", () => {
  test("begins anew for who was put out and taken in again while away", async () => {
    const room = await newRoom(alice, [bob], { history: "since-joining" });
    const { remove, add } = await roomsOf(alice);
    await alice.say(room, "one");
    await sees(bob, room, "one");
    await goOffline(bob);
    await alice.say(room, "two");
    await remove(room, idOf(bob));
    await alice.say(room, "three");
    await add(room, [idOf(bob)]);
    await alice.say(room, "four");
    await goOnline(bob);
    await sees(bob, room, "four");
    await alice.say(room, "five");
    await sees(bob, room, "five");
    expect(bob.texts(room)).toEqual(["four", "five"]);
    expect(here(bob, room)).toMatchObject({ alert: null, canSend: true });
    // Nor is there a key for the rest: the one that "three" was said under is not dealt.
    const chain = await records(alice, room);
    expect(chain.map(({ kind, keyEpoch }) => [kind, keyEpoch])).toEqual([
      ["create", 1],
      ["remove", 2],
      ["rotate", 3],
      ["add", 3],
    ]);
    const answer = await bob.platform.fetch(`/api/conversations/${room}/records`);
    const { boxes } = recordsAnswer.parse(await answer.json());
    expect(boxes.map(({ keyEpoch }) => keyEpoch)).toEqual([1, 3]);
  });

  test("begins anew for who was put out and taken in again before a word of it arrived", async () => {
    const room = await newRoom(alice, [bob], { history: "since-joining" });
    const { remove, add } = await roomsOf(alice);
    await alice.say(room, "one");
    await sees(bob, room, "one");
    const { incoming } = bob.wire;
    bob.wire.incoming = (data) => [
      { data, delayMs: String(data).startsWith('{"type":"record"') ? 2_000 : 0 },
    ];
    await remove(room, idOf(bob));
    await alice.say(room, "two");
    await add(room, [idOf(bob)]);
    await alice.say(room, "three");
    await sees(bob, room, "three");
    await bob.messenger.loadOlder(room);
    bob.wire.incoming = incoming;
    await alice.say(room, "four");
    await sees(bob, room, "four");
    expect(bob.texts(room)).toEqual(["three", "four"]);
    expect(here(bob, room)).toMatchObject({ alert: null, canSend: true });
  });

  test("is read and named by its members, and by nobody else", async () => {
    const room = await newRoom(alice, [bob, carol]);
    await alice.say(room, "hello both");
    for (const device of [bob, carol]) {
      await sees(device, room, "hello both");
      await device.until(() => here(device, room)?.room?.name === "Plans", "its name");
      expect(here(device, room)).toMatchObject({
        kind: "private-room",
        peer: null,
        canSend: true,
        alert: null,
        room: { topic: "What comes next", role: "member", memberCount: 3, posting: "everyone" },
      });
      await device.say(room, `from ${device.person.name}`);
    }
    for (const device of [alice, bob, carol]) {
      await sees(device, room, "from bob");
      await sees(device, room, "from carol");
    }
    expect(here(alice, room)?.room?.role).toBe("owner");
    expect(alice.messenger.getState().people.get(idOf(carol))?.name).toBe("carol");
    const answer = await (await alice.platform.fetch("/api/conversations")).text();
    expect(answer).not.toContain("Plans");
    expect(dave.messenger.getState().conversations).toEqual([]);
    expect((await dave.platform.fetch(`/api/conversations/${room}/records`)).status).toBe(404);
  });

  test("shows newcomers what is written from then on, or everything, as it was made", async () => {
    for (const history of ["since-joining", "all"] as const) {
      const room = await newRoom(alice, [bob], { history });
      await alice.say(room, "before");
      await sees(bob, room, "before");
      // A key epoch that a newcomer has no box of by themselves.
      alice.wire.clockAhead += 8 * 86_400_000;
      await alice.say(room, "a week later");
      await sees(bob, room, "a week later");
      alice.wire.clockAhead = 0;
      await (await roomsOf(alice)).add(room, [idOf(carol)]);
      await enters(carol, room);
      await bob.say(room, "welcome");
      await sees(carol, room, "welcome");
      expect(carol.texts(room)).toEqual(
        history === "all" ? ["before", "a week later", "welcome"] : ["welcome"],
      );
      expect(here(carol, room)).toMatchObject({ alert: null, room: { name: "Plans", history } });
      expect(carol.messenger.getState().timelines.get(room)?.hasOlder).toBe(false);
      await carol.say(room, "thanks");
      await sees(alice, room, "thanks");
    }
  });

  test("goes on under another key when somebody is removed, who is out of it at once", async () => {
    const room = await newRoom(alice, [bob, carol]);
    await (await roomsOf(alice)).remove(room, idOf(carol));
    await isOut(carol, room);
    expect((await records(alice, room)).map(({ kind, keyEpoch }) => [kind, keyEpoch])).toEqual([
      ["create", 1],
      ["remove", 2],
    ]);
    await bob.say(room, "without Carol");
    await sees(alice, room, "without Carol");
    expect(here(bob, room)?.room).toMatchObject({ memberCount: 2, name: "Plans" });
    await expect(carol.say(room, "still here?")).rejects.toMatchObject({ code: "not-found" });
    expect((await carol.platform.fetch(`/api/conversations/${room}/messages?after=0`)).status).toBe(404);
  });

  test("is closed to nobody by a member who deals them a wrong key: they choose the next one", async () => {
    const room = await newRoom(alice, [bob]);
    await alice.say(room, "before");
    await sees(bob, room, "before");
    bob.wire.answer = (path, body) => {
      if (!path.includes(`${room}/records`)) return body;
      const answer = JSON.parse(fromUtf8(body));
      for (const one of answer.boxes)
        if (one.keyEpoch === 2)
          one.box = `${one.box.slice(0, -4)}${one.box.endsWith("AAAA") ? "BBBB" : "AAAA"}`;
      return utf8(JSON.stringify(answer));
    };
    alice.wire.clockAhead = 8 * 86_400_000;
    await alice.say(room, "for Alice alone");
    await bob.until(() => here(bob, room)?.newest?.body.kind === "unreadable", "what he cannot read");
    alice.wire.clockAhead = 0;
    expect(here(bob, room)).toMatchObject({ alert: null, canSend: true });
    await bob.say(room, "for both again");
    await sees(alice, room, "for both again");
    expect((await records(alice, room)).at(-1)).toMatchObject({
      kind: "rotate",
      keyEpoch: 3,
      author: idOf(bob),
    });
    expect(bob.texts(room)).toEqual(["before", "<waiting-for-key>", "for both again"]);
    bob.wire.answer = (_, body) => body;
  });

  test("keeps out who is banned, until that is lifted", async () => {
    const room = await newRoom(alice, [bob, carol]);
    const rooms = await roomsOf(alice);
    await rooms.ban(room, idOf(carol));
    await isOut(carol, room);
    expect((await rooms.details(room)).banned.map(({ name }) => name)).toEqual(["carol"]);
    await expect(rooms.add(room, [idOf(carol)])).rejects.toMatchObject({ code: "banned" });
    await rooms.ban(room, idOf(dave));
    await rooms.lift(room, idOf(carol));
    await rooms.add(room, [idOf(carol)]);
    await enters(carol, room);
    await carol.say(room, "back again");
    await sees(bob, room, "back again");
    expect((await rooms.details(room)).banned.map(({ name }) => name)).toEqual(["dave"]);
  });

  test("lets everybody do what their role allows, and hands over before its last owner leaves", async () => {
    const room = await newRoom(alice, [bob, carol]);
    const [rooms, bobs, carols] = [await roomsOf(alice), await roomsOf(bob), await roomsOf(carol)];
    for (const tryTo of [
      () => bobs.add(room, [idOf(dave)]),
      () => bobs.remove(room, idOf(carol)),
      () => bobs.setRole(room, idOf(bob), "owner"),
      () => bobs.rename(room, { name: "Bob's", topic: "" }),
    ])
      await expect(tryTo()).rejects.toMatchObject({ code: "not-found" });
    await rooms.setRole(room, idOf(bob), "moderator");
    await bob.until(() => here(bob, room)?.room?.role === "moderator", "a moderator");
    await bobs.rename(room, { name: "Better plans", topic: "" });
    await carol.until(() => here(carol, room)?.room?.name === "Better plans", "another name");
    await expect(bobs.remove(room, idOf(alice))).rejects.toMatchObject({ code: "not-found" });
    await expect(rooms.leave(room)).rejects.toMatchObject({ code: "last-owner" });
    await rooms.setRole(room, idOf(bob), "owner");
    await rooms.leave(room);
    await isOut(alice, room);
    await carol.say(room, "she is gone");
    await sees(bob, room, "she is gone");
    // Who left knows the key: whoever writes first chooses another.
    expect((await records(carol, room)).at(-1)).toMatchObject({ kind: "rotate", keyEpoch: 2 });
    expect(await memberNames(carol, room)).toEqual([
      ["bob", "owner"],
      ["carol", "member"],
    ]);
    await carols.leave(room);
    await bobs.leave(room);
    await isOut(bob, room);
  });

  test("ends well when two change it at the same time", async () => {
    const room = await newRoom(alice, [bob, carol]);
    const [rooms, bobs] = [await roomsOf(alice), await roomsOf(bob)];
    await rooms.setRole(room, idOf(bob), "moderator");
    await bob.until(() => here(bob, room)?.room?.role === "moderator", "a moderator");
    await Promise.all([
      rooms.remove(room, idOf(carol)),
      bobs.add(room, [idOf(dave)]),
      rooms.rename(room, { name: "By Alice", topic: "" }),
      bobs.rename(room, { name: "By Bob", topic: "" }),
    ]);
    await enters(dave, room);
    await isOut(carol, room);
    await dave.say(room, "in");
    for (const device of [alice, bob]) await sees(device, room, "in");
    const names = new Set([alice, bob, dave].map((device) => here(device, room)?.room?.name));
    expect(names.size).toBe(1);
    expect([...names][0]).toMatch(/^By /);
    expect(await memberNames(dave, room)).toEqual([
      ["alice", "owner"],
      ["bob", "moderator"],
      ["dave", "member"],
    ]);
  });

  test("says who may write", async () => {
    const room = await newRoom(alice, [bob], { posting: "moderators" });
    const rooms = await roomsOf(alice);
    const policy = {
      posting: "everyone",
      slowSeconds: 0,
      retentionSeconds: 0,
      history: "since-joining",
    } as const;
    await bob.until(() => here(bob, room)?.canSend === false, "only moderators write");
    await alice.say(room, "an announcement");
    await sees(bob, room, "an announcement");
    await rooms.setPolicy(room, policy);
    await bob.until(() => here(bob, room)?.canSend === true, "everybody writes");
    const until = Date.now() + 3_600_000;
    await rooms.mute(room, idOf(bob), until);
    await bob.until(() => here(bob, room)?.canSend === false, "muted");
    expect(here(bob, room)?.mutedUntil).toBe(until);
    await rooms.mute(room, idOf(bob), null);
    await bob.until(() => here(bob, room)?.canSend === true, "may write again");
    await bob.say(room, "at last");
    await sees(alice, room, "at last");
    // How long messages live is for owners to say, beside everything else.
    await expect(bob.messenger.setRetention(room, 3_600)).rejects.toMatchObject({ code: "not-found" });
    await alice.messenger.setRetention(room, 3_600);
    await bob.until(() => here(bob, room)?.retentionSeconds === 3_600, "an hour");
    expect(here(bob, room)?.room).toMatchObject({ posting: "everyone", retentionSeconds: 3_600 });
    await rooms.setPolicy(room, { ...policy, posting: "nobody" });
    for (const device of [alice, bob])
      await device.until(() => here(device, room)?.canSend === false, "archived");
    await rooms.setPolicy(room, policy);
    const events = (await rooms.journal(room)).map(({ event }) => event.kind);
    expect(events.toReversed().filter((kind) => kind !== "muted")).toEqual([
      "created",
      "policy",
      "policy",
      "archived",
      "reopened",
    ]);
    expect(events.filter((kind) => kind === "muted")).toHaveLength(2);
  });

  test("goes on with a new key although somebody's account ended without a word", async () => {
    const erin = await registerDevice({ ...server, firstRunToken: null }, "erin");
    const room = await newRoom(alice, [bob, carol, erin]);
    await endAccount(server, erin);
    await (await roomsOf(alice)).remove(room, idOf(bob));
    await isOut(bob, room);
    await alice.say(room, "under a new key");
    await sees(carol, room, "under a new key");
    await (await roomsOf(alice)).remove(room, idOf(erin));
    await carol.say(room, "and without her");
    await sees(alice, room, "and without her");
    expect(await memberNames(carol, room)).toEqual([
      ["alice", "owner"],
      ["carol", "member"],
    ]);
  });

  test("is taken over when its owner's account is gone, by one of the next in rank", async () => {
    const frank = await registerDevice({ ...server, firstRunToken: null }, "frank");
    const room = await newRoom(frank, [bob, carol, dave]);
    for (const device of [bob, carol]) {
      await (await roomsOf(frank)).setRole(room, idOf(device), "moderator");
      await device.until(() => here(device, room)?.room?.role === "moderator", "a moderator");
    }
    const takeOver = async (device: Device) => (await roomsOf(device)).takeOver(room);
    const mayTakeOver = async (device: Device) => (await (await roomsOf(device)).details(room)).mayTakeOver;
    expect([await takeOver(bob), await mayTakeOver(bob)]).toEqual([false, false]);
    await endAccount(server, frank);
    expect([await takeOver(dave), await mayTakeOver(dave), await mayTakeOver(bob)]).toEqual([
      ...[false, false],
      true,
    ]);
    const isOffered = () => here(bob, room)?.room?.offered === true;
    await goOffline(bob);
    await offerRoom(server, alice, room, idOf(bob));
    await goOnline(bob);
    await bob.until(isOffered, "the offer, when he is back");
    await (await roomsOf(bob)).declineOffer(room);
    await bob.until(() => !isOffered(), "declined");
    await offerRoom(server, alice, room, idOf(bob));
    await bob.until(isOffered, "offered again");

    // Both at once: one is faster, the other is told so.
    expect((await Promise.all([takeOver(bob), takeOver(carol)])).sort()).toEqual([false, true]);
    await bob.until(() => !isOffered(), "answered, by whomever");
    const isOwner = (device: Device) => here(device, room)?.room?.role === "owner";
    const [owner, other] = isOwner(bob) ? [bob, carol] : [carol, bob];
    expect(isOwner(owner)).toBe(true);
    for (const device of [other, dave])
      await device.until(() => here(device, room)?.room?.memberCount === 3, "without the former one");
    await dave.say(room, "under the new key");
    for (const device of [owner, other]) await sees(device, room, "under the new key");
    const lines = dave.messenger.getState().timelines.get(room)?.lines ?? [];
    expect(lines.map(({ author, event }) => [author, event])).toContainEqual([
      idOf(owner),
      { kind: "taken-over", gone: [idOf(frank)] },
    ]);
    const [told] = (await (await roomsOf(owner)).journal(room)).filter(
      ({ event }) => event.kind === "taken-over",
    );
    expect(told?.author).toBe(idOf(owner));
    // Whoever reads it all anew asks anew, and finds the same.
    dave = await dave.reload();
    await enters(dave, room);
    await dave.until(() => here(dave, room)?.room?.name === "Plans", "its name");
    expect(here(dave, room)).toMatchObject({ alert: null, canSend: true });
    await (await roomsOf(owner)).remove(room, idOf(dave));
    await isOut(dave, room);
    // Whoever is an administrator here does nothing dangerous any more.
    await putForward(5 * 60_000);
  });

  test("is gone for everybody when an owner deletes it", async () => {
    const room = await newRoom(alice, [bob]);
    await bob.say(room, "last words");
    await sees(alice, room, "last words");
    await (await roomsOf(alice)).delete(room);
    await Promise.all([isOut(alice, room), isOut(bob, room)]);
    expect((await bob.platform.fetch(`/api/conversations/${room}/records`)).status).toBe(404);
  });
});

describeReports(() => ({ alice, bob, carol, dave }));

describeBlocking(() => ({
  alice,
  bob,
  carol,
  async reloadBob() {
    bob = await bob.reload();
  },
}));
