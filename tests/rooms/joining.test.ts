import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { timelineRows } from "../../components/conversation/timeline-rows.ts";
import type { ConversationId } from "../../lib/base/ids.ts";
import { recordsAnswer } from "../../lib/protocol/http/conversations.ts";
import { parseRecord } from "../../lib/protocol/layout/record.ts";
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

  test("is entered again by a link that was left as it is, under a key that begins then", async () => {
    const room = await newRoom(alice, [carol]);
    const rooms = await roomsOf(alice);
    const { link } = await rooms.createInvitation(room, Date.now() + HOUR);
    await rooms.remove(room, idOf(carol));
    await isOut(carol, room);
    await alice.say(room, "without Carol");
    await (await roomsOf(carol)).joinByLink(`https://chat.example${link}`);
    await enters(carol, room);
    const answer = await carol.platform.fetch(`/api/conversations/${room}/records`);
    const { records } = recordsAnswer.parse(await answer.json());
    const kinds = records.map((bytes) => parseRecord(bytes).kind);
    expect(kinds).toEqual(["create", "remove", "rotate", "add"]);
    // The link counts under the new key as well, and others come in by it without another one.
    await (await roomsOf(bob)).joinByLink(`https://chat.example${link}`);
    await enters(bob, room);
    await carol.say(room, "all three");
    for (const device of [alice, bob]) await sees(device, room, "all three");
    expect((await rooms.details(room)).invitations).toMatchObject([{ link }]);
  });

  test("is not entered by a link that was revoked, has expired or was invented", async () => {
    const room = await newRoom(alice, []);
    const rooms = await roomsOf(alice);
    const revoked = await rooms.createInvitation(room, Date.now() + HOUR);
    const expired = await rooms.createInvitation(room, Date.now() + HOUR);
    await rooms.revokeInvitations(room, [revoked.id]);
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

/** What the timeline tells between its messages, in short: the words of the messages, and what happened. */
function told(device: Device, room: ConversationId) {
  const { messages = [], lines = [] } = device.messenger.getState().timelines.get(room) ?? {};
  const words = new Map(messages.map(({ id }, i) => [id, device.texts(room)[i]]));
  return timelineRows(messages, null, lines).flatMap((row) => {
    if (row.kind === "line") return `<${row.line.event.kind}>`;
    return row.kind === "message" ? words.get(row.message.id) : [];
  });
}

describe("what stands beside a room's messages", () => {
  test("is what happened, at the same place for everybody, however many did something at once", async () => {
    const room = await newRoom(alice, [bob], { history: "all" });
    const rooms = await roomsOf(alice);
    await bob.say(room, "one");
    await sees(alice, room, "one");
    await rooms.setRole(room, idOf(bob), "owner");
    await bob.until(() => here(bob, room)?.room?.role === "owner", "an owner");
    const policy = { posting: "everyone", retentionSeconds: 0, history: "all" } as const;
    await Promise.all([
      rooms.add(room, [idOf(carol)]),
      (await roomsOf(bob)).setPolicy(room, { ...policy, slowSeconds: 1 }),
      rooms.rename(room, { name: "Other plans" }),
    ]);
    await enters(carol, room);
    for (const device of [alice, bob, carol]) {
      await device.until(() => told(device, room).includes("<name>"), "the new name");
      await device.until(() => told(device, room).includes("<slow>"), "slow mode");
      await device.until(() => here(device, room)?.room?.memberCount === 3, "everybody");
      expect(told(device, room).slice(0, 4)).toEqual(["<created>", "<added>", "one", "<role>"]);
      expect(told(device, room).slice(4).sort()).toEqual(["<added>", "<name>", "<slow>"]);
      expect(told(device, room)).toEqual(told(alice, room));
      expect(here(device, room)).toMatchObject({ unread: device === alice ? 1 : 0 });
    }
    await carol.say(room, "two");
    for (const device of [alice, bob]) await sees(device, room, "two");
    expect(told(bob, room)).toEqual(told(alice, room));
    expect(told(bob, room).at(-1)).toBe("two");
    expect(here(bob, room)?.alert).toBe(null);
    await (await roomsOf(carol)).leave(room);
    await alice.until(() => told(alice, room).at(-1) === "<left>", "that she left");
    const again = await alice.reload();
    await enters(again, room);
    await again.until(() => told(again, room).at(-1) === "<left>", "all of it again");
    expect(told(again, room)).toEqual(told(alice, room));
    alice = again;
  });

  test("is what moderators pin, both at once, and nobody else; far back as well", async () => {
    const room = await newRoom(alice, [bob, carol]);
    const [owners, moderators, members] = await Promise.all([alice, bob, carol].map(roomsOf));
    await alice.say(room, "first of all");
    await alice.say(room, "second");
    for (let i = 0; i < 120; i++) await alice.say(room, `line ${i}`);
    await sees(carol, room, "line 119");
    await owners?.setRole(room, idOf(bob), "moderator");
    await bob.until(() => here(bob, room)?.room?.role === "moderator", "a moderator");
    const pinOf = (seq: number) => {
      const message = messages(alice).find((one) => one.seq === seq);
      return { id: message?.id as NonNullable<typeof message>["id"], seq };
    };
    const messages = (device: Device) => device.messenger.getState().timelines.get(room)?.messages ?? [];
    const pinned = (device: Device) =>
      device.messenger
        .getState()
        .timelines.get(room)
        ?.pinned.map(({ seq }) => seq);
    await alice.messenger.reveal(room, 1);
    const [first, second] = [pinOf(1), pinOf(2)];
    await Promise.all([owners?.pin(room, first), moderators?.pin(room, second)]);
    await expect(members?.pin(room, first)).rejects.toMatchObject({ code: "not-found" });
    const fresh = await carol.reload();
    await enters(fresh, room);
    await fresh.until(() => here(fresh, room)?.room?.pins.length === 2, "both pins");
    const loaded = messages(fresh).length;
    await fresh.messenger.loadPinned(room, 50);
    expect(new Set(pinned(fresh))).toEqual(new Set([1, 2]));
    expect(messages(fresh)).toHaveLength(loaded);
    await alice.messenger.send(room, { type: "delete", target: first });
    await fresh.until(() => String(pinned(fresh)) === "2", "the deleted one is gone from the pins");
    await moderators?.unpin(room, second);
    await fresh.until(() => String(pinned(fresh)) === "", "no pin that can be shown");
    expect(here(fresh, room)?.room).toMatchObject({ name: "Plans", pins: [first] });
    carol = fresh;
  });
});
