import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { createEntrance } from "../../lib/client/entrance.ts";
import type { Visibility } from "../../lib/protocol/visibility.ts";
import { type Device, openDevice, registerDevice, startTalking } from "../../server/testing/device.ts";
import { newProfile, nodePlatform } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { signInAgain } from "../../server/testing/sign-in.ts";

let server: ServerProcess;
let alice: Device;
let bob: Device;
let conversation: ConversationId;

beforeAll(async () => {
  server = await startServer();
  alice = await registerDevice(server);
  bob = await registerDevice(server);
  conversation = await startTalking(alice, bob);
});

afterAll(async () => {
  alice?.close();
  bob?.close();
  await server?.dispose();
});

const newestOf = (device: Device) => device.messenger.getState().timelines.get(conversation)?.messages.at(-1);

describe("two people talk", () => {
  test("a message goes from pending to read, and arrives once", async () => {
    await alice.say(conversation, "hello **Bob**");
    expect(["pending", "stored", "delivered"]).toContain(newestOf(alice)?.delivery);
    await bob.until(() => bob.texts(conversation).includes("hello **Bob**"), "Bob has it");
    await alice.until(() => newestOf(alice)?.delivery === "delivered", "delivered");
    expect(bob.messenger.getState().conversations?.[0]?.unread).toBe(1);
    bob.messenger.markRead(conversation);
    await alice.until(() => newestOf(alice)?.delivery === "read", "read");
    expect(bob.messenger.getState().conversations?.[0]?.unread).toBe(0);
  });

  test("answers keep one order on both sides", async () => {
    const lines = Array.from({ length: 20 }, (_, i) => `line ${i}`);
    await Promise.all(lines.map((line, i) => (i % 2 ? alice : bob).say(conversation, line)));
    const all = (device: Device) => device.texts(conversation).filter((text) => text.startsWith("line"));
    const settled = (device: Device) => () =>
      all(device).length === 20 && newestOf(device)?.seq !== null && all(device).join() === all(alice).join();
    await alice.until(settled(alice), "20 at Alice's");
    await bob.until(settled(bob), "20 at Bob's, in the same order");
    const ofAlice = (device: Device) => all(device).filter((text) => Number(text.slice(5)) % 2 === 1);
    expect(ofAlice(bob)).toEqual(lines.filter((_, i) => i % 2 === 1));
  });

  test("both start a conversation at the same moment and meet in one", async () => {
    const carol = await registerDevice(server);
    const dave = await registerDevice(server);
    const find = async (device: Device, other: Device) => {
      const [found] = await device.messenger.findPeople(other.person.name);
      if (!found) throw new Error("not found");
      return device.messenger.startDirect(found);
    };
    const [first, second] = await Promise.all([find(carol, dave), find(dave, carol)]);
    expect(first).toBe(second);
    await Promise.all([carol.messenger.openConversation(first), dave.messenger.openConversation(first)]);
    await carol.say(first, "from Carol");
    await dave.say(first, "from Dave");
    await carol.until(() => carol.texts(first).length === 2, "both at Carol's");
    await dave.until(() => dave.texts(first).length === 2, "both at Dave's");
    carol.close();
    dave.close();
  });

  test("a second tab of the same browser and a reload show the same", async () => {
    const tab = await openDevice(server, bob.person, bob.profile);
    await tab.messenger.openConversation(conversation);
    await alice.say(conversation, "to both tabs");
    await tab.until(() => tab.texts(conversation).includes("to both tabs"), "in the second tab");
    await bob.until(() => bob.texts(conversation).includes("to both tabs"), "in the first tab");
    const reloaded = await tab.reload();
    await reloaded.messenger.openConversation(conversation);
    expect(reloaded.texts(conversation)).toEqual(bob.texts(conversation));
    reloaded.close();
  });

  test("a new browser is locked until the recovery code, then has the whole history", async () => {
    const profile = newProfile();
    await signInAgain(server, bob.person, profile);
    const fresh = await openDevice(server, bob.person, profile);
    expect(fresh.messenger.getState().phase).toBe("locked");
    fresh.close();
    const entrance = createEntrance(nodePlatform(server.origin, profile));
    expect(await entrance.whereTo()).toBe("recover");
    await expect(entrance.recover(alice.person.recoveryCode)).rejects.toMatchObject({ code: "bad-code" });
    await expect(entrance.recover(`${bob.person.recoveryCode.slice(0, -1)}?`)).rejects.toMatchObject({
      code: "bad-code",
    });
    await entrance.recover(bob.person.recoveryCode.toLowerCase().replaceAll("-", " "));
    const opened = await openDevice(server, bob.person, profile);
    await opened.until(({ phase }) => phase === "ready", "ready");
    await opened.messenger.openConversation(conversation);
    expect(opened.texts(conversation)).toEqual(bob.texts(conversation));
    await opened.say(conversation, "from the new browser");
    await bob.until(() => bob.texts(conversation).includes("from the new browser"), "in the old browser");
    opened.close();
  });

  test("what one wrote is never unread, what one read offline is read when back", async () => {
    const [carol, dave] = [await registerDevice(server), await registerDevice(server)];
    const talk = await startTalking(carol, dave);
    const unread = (device: Device) => device.messenger.getState().conversations?.[0]?.unread;
    await carol.say(talk, "one");
    // Known to be unread before it is opened: only what is shown can be marked as read.
    await dave.until(() => unread(dave) === 1 && dave.texts(talk).length === 1, "one unread at Dave's");
    dave.wire.down = true;
    for (const socket of dave.platform.sockets) socket.terminate();
    await dave.until(({ connection }) => connection === "offline", "Dave is offline");
    dave.messenger.markRead(talk);
    dave.wire.down = false;
    const read = () => carol.messenger.getState().timelines.get(talk)?.messages.at(-1)?.delivery === "read";
    await carol.until(read, "read at Carol's");
    const again = await carol.reload();
    await again.until(({ conversations }) => conversations?.length === 1, "listed again");
    expect(unread(again)).toBe(0);
    again.close();
    dave.close();
  });

  test("a receipt says `read` only when somebody has read: an idle tab keeps no session alive", async () => {
    interface Sent {
      type: string;
      delivered?: number;
      read?: number;
    }
    const receipts: Sent[] = [];
    bob.wire.outgoing = (data) => {
      const frame = typeof data === "string" ? (JSON.parse(data) as Sent) : null;
      if (frame?.type === "receipt") receipts.push(frame);
      return true;
    };
    const arrive = async (text: string) => {
      const before = receipts.length;
      await alice.say(conversation, text);
      await bob.until(() => bob.texts(conversation).includes(text), text);
      await expect.poll(() => receipts.length).toBeGreaterThan(before);
    };
    try {
      await arrive("nobody looks");
      bob.messenger.markRead(conversation);
      await expect.poll(() => receipts.at(-1)?.read).toBe(newestOf(bob)?.seq);
      await alice.until(() => newestOf(alice)?.delivery === "read", "read");
      const seen = receipts.length;
      await arrive("and has gone again");
      await alice.until(() => newestOf(alice)?.delivery === "delivered", "delivered");
      for (const receipt of [receipts[0], ...receipts.slice(seen)])
        expect(receipt).not.toHaveProperty("read");
    } finally {
      bob.wire.outgoing = () => true;
      bob.messenger.markRead(conversation);
    }
  });

  test("messages that leave by themselves mark nothing as read", async () => {
    const [carol, dave] = [await registerDevice(server), await registerDevice(server)];
    const talk = await startTalking(carol, dave);
    await dave.say(talk, "first");
    await carol.until(() => carol.texts(talk).length === 1, "the first arrived");
    dave.wire.down = true;
    for (const socket of dave.platform.sockets) socket.terminate();
    await dave.until(({ connection }) => connection === "offline", "Dave is offline");
    await dave.say(talk, "written offline");
    for (const text of ["one", "two", "three"]) await carol.say(talk, text);
    await carol.until(() => carol.texts(talk).length === 4, "sent");
    dave.wire.down = false;
    await carol.until(() => carol.texts(talk).length === 5, "Dave's arrived");
    await carol.until(
      ({ timelines }) =>
        timelines.get(talk)?.messages.some(({ delivery }) => delivery === "delivered") ?? false,
      "delivered",
    );
    const states = carol.messenger
      .getState()
      .timelines.get(talk)
      ?.messages.filter(({ mine }) => mine);
    expect(states?.map(({ delivery }) => delivery)).not.toContain("read");
    carol.close();
    dave.close();
  });

  test("history comes in pages of 50 without gaps", async () => {
    for (let i = 0; i < 130; i++) await alice.say(conversation, `page ${i}`);
    await bob.until(() => bob.texts(conversation).includes("page 129"), "all arrived");
    // What is unread would be counted in the background, page by page.
    bob.messenger.markRead(conversation);
    await alice.until(() => newestOf(alice)?.delivery === "read", "all read");
    const reloaded = await bob.reload();
    bob = reloaded;
    await bob.messenger.openConversation(conversation);
    const count = () => bob.texts(conversation).length;
    expect(count()).toBeGreaterThanOrEqual(50);
    expect(count()).toBeLessThan(60);
    while (bob.messenger.getState().timelines.get(conversation)?.hasOlder) {
      const before = count();
      await bob.messenger.loadOlder(conversation);
      expect(count() - before).toBeLessThanOrEqual(50);
    }
    const timeline = bob.messenger.getState().timelines.get(conversation);
    expect(timeline?.messages.map(({ seq }) => seq)).toEqual(timeline?.messages.map((_, i) => i + 1));
    expect(bob.messenger.getState().conversations?.[0]?.alert).toBeNull();
  });
});

describe("what people see of each other", () => {
  const idOf = (device: Device) => device.messenger.getState().me?.id as AccountId;
  const show = async (device: Device, visibility: Partial<Visibility>) => {
    await (await device.messenger.account()).profile.setVisibility(visibility);
    await device.until(
      (state) =>
        Object.entries(visibility).every(([key, value]) => state.visibility?.[key as never] === value),
      `shows ${JSON.stringify(visibility)}`,
    );
  };
  const sees = (device: Device, presence: string) =>
    device.until(({ presences }) => presences.get(idOf(bob)) === presence, `Bob ${presence}`);

  test("whether they are there, for who shares a conversation with them, and as they choose", async () => {
    const eve = await registerDevice(server);
    const ends = [alice, eve].map(({ messenger }) => messenger.watch({ people: [idOf(bob)] }));
    await sees(alice, "online");
    await sees(eve, "offline");
    for (const socket of bob.platform.sockets)
      socket.send(JSON.stringify({ type: "activity", active: false }));
    await sees(alice, "away");

    const desk = await openDevice(server, bob.person, bob.profile);
    await desk.until(({ visibility }) => visibility !== null, "greeted");
    await show(bob, { availability: "busy" });
    await desk.until(({ visibility }) => visibility?.availability === "busy", "in the other tab too");
    desk.close();
    await sees(alice, "busy");
    await show(bob, { availability: "invisible" });
    await sees(alice, "offline");
    await show(bob, { availability: "automatic" });
    await sees(alice, "away");
    const block = async (...blocked: AccountId[]) =>
      (await bob.messenger.notes()).updateSettings((before) => ({ ...before, blocked }));
    await block(idOf(alice));
    await sees(alice, "offline");
    await block();
    await sees(alice, "away");

    bob = await bob.reload();
    await sees(alice, "online");
    const frames: string[] = [];
    alice.wire.incoming = (data) => {
      if (typeof data === "string" && data.includes('"presence"')) frames.push(data);
      return [{ data }];
    };
    bob = await bob.reload();
    await bob.until(({ connection }) => connection === "online", "back");
    await bob.messenger.openConversation(conversation);
    bob.close();
    await sees(alice, "offline");
    // The reload showed nothing: the first that Alice heard is that Bob has gone.
    expect(frames).toHaveLength(1);
    alice.wire.incoming = (data) => [{ data }];
    bob = await openDevice(server, bob.person, bob.profile);
    await sees(alice, "online");
    expect(eve.messenger.getState().presences.get(idOf(bob))).toBe("offline");
    for (const end of ends) end();
    eve.close();
  });

  test("that they are writing, until the message is there", async () => {
    await bob.messenger.openConversation(conversation);
    const ends = [alice, bob].map(({ messenger }) => messenger.watch({ conversation }));
    await expect
      .poll(() => {
        // Nobody listens before the server knows what is looked at.
        bob.messenger.writes(conversation);
        return alice.messenger.getState().writing;
      })
      .toEqual([idOf(bob)]);
    await bob.say(conversation, "written at last");
    await alice.until(
      ({ writing }) => writing.length === 0 && alice.texts(conversation).includes("written at last"),
      "here, and nobody writes",
    );
    for (const end of ends) end();
  });

  test("what they have read, unless one of them does not show it", async () => {
    const messageOf = (device: Device, text: string) =>
      device.messenger
        .getState()
        .timelines.get(conversation)
        ?.messages.find(({ body }) => body.kind === "text" && body.text === text);
    /** As the server tells `viewer` how far `whom` has read. */
    const readSeq = async (viewer: Device, whom: Device): Promise<number> => {
      const answer = await viewer.platform.fetch(`/api/conversations/${conversation}/members`);
      const { members } = (await answer.json()) as { members: { id: string; readSeq: number }[] };
      return members.find(({ id }) => id === idOf(whom))?.readSeq ?? -1;
    };
    /** @returns the number of the message, once the server knows that it was read */
    const readBy = async (reader: Device, writer: Device, text: string): Promise<number> => {
      await writer.say(conversation, text);
      await reader.until(() => reader.texts(conversation).includes(text), text);
      reader.messenger.markRead(conversation);
      const seq = messageOf(reader, text)?.seq ?? Number.NaN;
      await expect.poll(() => readSeq(reader, reader)).toBeGreaterThanOrEqual(seq);
      return seq;
    };

    await show(bob, { readStates: false });
    const shy = await readBy(bob, alice, "for the shy");
    await readBy(alice, bob, "from the shy");
    expect(await readSeq(alice, bob)).toBeLessThan(shy);
    expect(await readSeq(bob, alice)).toBe(0);
    await alice.until(
      () => messageOf(alice, "for the shy")?.delivery === "delivered",
      "delivered at Alice's",
    );
    await bob.until(() => messageOf(bob, "from the shy")?.delivery === "delivered", "delivered at Bob's");

    await show(bob, { readStates: true });
    await bob.until(() => messageOf(bob, "from the shy")?.delivery === "read", "read at Bob's");
    expect(messageOf(alice, "for the shy")?.delivery).toBe("delivered");
    await readBy(bob, alice, "for the brave");
    await alice.until(() => messageOf(alice, "for the brave")?.delivery === "read", "read at Alice's");
    const place = alice.messenger.positions(conversation).get(idOf(bob));
    expect(place?.readAt).toBeGreaterThanOrEqual(place?.deliveredAt ?? Number.NaN);

    await show(bob, { availability: "invisible" });
    const hidden = await readBy(bob, alice, "for nobody seen");
    expect(await readSeq(alice, bob)).toBeLessThan(hidden);
    await show(bob, { availability: "automatic" });
  });
});
