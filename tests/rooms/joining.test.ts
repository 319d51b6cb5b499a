import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Device, openDevice, registerDevice } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { enters, goOffline, goOnline, here, idOf, isOut, newRoom, roomsOf, sees } from "./rooms.ts";

const HOUR = 3_600_000;

let server: ServerProcess;
let alice: Device;
let bob: Device;
let carol: Device;

beforeAll(async () => {
  server = await startServer();
  alice = await registerDevice(server, "alice");
  bob = await registerDevice(server, "bob");
  carol = await registerDevice(server, "carol");
});

afterAll(async () => {
  for (const device of [alice, bob, carol]) device?.close();
  await server?.dispose();
});

const waits = (device: Device, room: string) =>
  device.messenger.getState().waiting.some(({ conversation }) => conversation === room);

describe("a public room", () => {
  test("lets in who asks as soon as a member is there, and says meanwhile what is waited for", async () => {
    const room = await newRoom(alice, [], { kind: "public-room", name: "Everybody", topic: "for all" });
    await alice.say(room, "hello world");
    await goOffline(alice);
    const rooms = await roomsOf(bob);
    const listed = async () => (await rooms.directory("every")).find(({ id }) => id === room);
    expect(await listed()).toMatchObject({ name: "Everybody", memberCount: 1, standing: "none" });
    await rooms.join(room);
    expect(bob.messenger.getState().waiting).toMatchObject([{ conversation: room, name: "Everybody" }]);
    expect(await listed()).toMatchObject({ standing: "waiting" });
    await goOnline(alice);
    await enters(bob, room);
    expect(waits(bob, room)).toBe(false);
    await bob.until(() => here(bob, room)?.room?.name === "Everybody", "its name");
    expect(here(bob, room)?.room).toMatchObject({ topic: "for all", memberCount: 2 });
    await bob.say(room, "let me in");
    await sees(alice, room, "let me in");
    // Any member lets others in.
    await goOffline(alice);
    await (await roomsOf(carol)).join(room);
    await enters(carol, room);
    await goOnline(alice);
    await carol.say(room, "me too");
    await sees(alice, room, "me too");
    expect(await listed()).toMatchObject({ standing: "member", memberCount: 3 });
  });

  test("keeps out who is banned", async () => {
    const room = await newRoom(alice, [carol], { kind: "public-room", name: "Quiet" });
    const rooms = await roomsOf(alice);
    await rooms.ban(room, idOf(carol));
    await isOut(carol, room);
    await expect((await roomsOf(carol)).join(room)).rejects.toMatchObject({ code: "banned" });
    await rooms.lift(room, idOf(carol));
    await (await roomsOf(carol)).join(room);
    await enters(carol, room);
  });

  test("is not entered by who has changed their mind", async () => {
    const room = await newRoom(alice, [], { kind: "public-room", name: "Another" });
    await goOffline(alice);
    const rooms = await roomsOf(carol);
    await rooms.join(room);
    await rooms.cancelJoining(room);
    expect(waits(carol, room)).toBe(false);
    await goOnline(alice);
    await (await roomsOf(bob)).join(room);
    await enters(bob, room);
    await alice.until(() => here(alice, room)?.room?.memberCount === 2, "two of them");
    expect(here(carol, room)).toBeUndefined();
  });
});

describe("a private room", () => {
  test("is entered by a link, when somebody is there who may add people", async () => {
    const room = await newRoom(alice, [bob]);
    const { link } = await (await roomsOf(alice)).createInvitation(room, Date.now() + HOUR);
    await goOffline(alice);
    expect(await (await roomsOf(carol)).joinByLink(`https://chat.example${link}`)).toBe(room);
    expect(carol.messenger.getState().waiting).toMatchObject([{ conversation: room, name: "" }]);
    // Bob is a plain member: his browser lets nobody in.
    await bob.say(room, "nobody came in");
    expect(here(bob, room)?.room?.memberCount).toBe(2);
    await goOnline(alice);
    await enters(carol, room);
    await carol.say(room, "by the link");
    await sees(bob, room, "by the link");
    expect(carol.texts(room)).toEqual(["by the link"]);
    // Who is in already needs no second one.
    expect(await (await roomsOf(carol)).joinByLink(link)).toBe(room);
    const { invitations } = await (await roomsOf(alice)).details(room);
    expect(invitations).toMatchObject([{ link }]);
    expect((await (await roomsOf(bob)).details(room)).invitations).toEqual([]);
  });

  test("is not entered by a link that was revoked, has expired or was invented", async () => {
    const room = await newRoom(alice, []);
    const rooms = await roomsOf(alice);
    const revoked = await rooms.createInvitation(room, Date.now() + HOUR);
    const expired = await rooms.createInvitation(room, Date.now() + HOUR);
    await rooms.revokeInvitation(room, revoked.id);
    alice.wire.clockAhead = 2 * HOUR;
    const living = await rooms.createInvitation(room, Date.now() + 4 * HOUR);
    const other = living.link.slice(-43).split("").reverse().join("");
    const invented = `${living.link.slice(0, -43)}${other.slice(0, 42)}${living.link.at(-1)}`;
    for (const link of [revoked.link, expired.link, invented]) {
      await (await roomsOf(carol)).joinByLink(link);
      await carol
        .until(() => !waits(carol, room), "refused")
        .catch(async () => {
          await carol.messenger.rooms();
          throw new Error(`still waiting with ${link}`);
        });
    }
    alice.wire.clockAhead = 0;
    expect(here(alice, room)?.room?.memberCount).toBe(1);
    await expect((await roomsOf(carol)).joinByLink("https://chat.example/#join=x")).rejects.toMatchObject({
      code: "bad-code",
    });
    const fresh = await openDevice(server, carol.person, carol.profile);
    expect(here(fresh, room)).toBeUndefined();
    fresh.close();
  });
});
