import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ConversationId, idToBytes } from "../../lib/base/ids.ts";
import type { Message } from "../../lib/client/model.ts";
import type { Content } from "../../lib/protocol/content.ts";
import { decodePage, encodePage } from "../../lib/protocol/frames.ts";
import { type Device, registerDevice, startTalking } from "../../server/testing/device.ts";
import { addDevice } from "../../server/testing/second-device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { withDatabase } from "../security/support/data-folder.ts";

let server: ServerProcess;
let alice: Device;
/** Alice's other browser. */
let phone: Device;
let bob: Device;
let conversation: ConversationId;

beforeAll(async () => {
  server = await startServer();
  alice = await registerDevice(server, "alice");
  bob = await registerDevice(server, "bob");
  conversation = await startTalking(alice, bob);
  phone = await addDevice(server, alice.person);
  await phone.messenger.openConversation(conversation);
});

afterAll(async () => {
  for (const device of [alice, phone, bob]) device?.close();
  await server?.dispose();
});

/** Where the database must hold nothing but a hash in the end. */
const erased = new Set<number>();
const everybody = () => [alice, phone, bob];
const messagesOf = (device: Device): readonly Message[] =>
  device.messenger.getState().timelines.get(conversation)?.messages ?? [];
const say = (device: Device, content: Content) => device.messenger.send(conversation, content);
const refOf = ({ id, seq }: Message) => ({ id, seq: seq ?? 0 });
const textOf = ({ body }: Message) => (body.kind === "text" ? body.text : `<${body.kind}>`);

/** Waits for the message at a place of each to be so. */
async function until(
  devices: readonly Device[],
  seq: number,
  test: (message: Message) => boolean,
): Promise<void> {
  for (const device of devices) {
    await device.until(
      () => messagesOf(device).some((message) => message.seq === seq && test(message)),
      `${device.person.name}: ${test}`,
    );
  }
}

const at = (device: Device, seq: number) =>
  messagesOf(device).find((message) => message.seq === seq) as Message;

let texts = 0;
/** A text that all three have. */
async function said(by: Device, given?: string, more: object = {}): Promise<Message> {
  texts += 1;
  const text = given ?? `text ${texts}`;
  await say(by, { type: "text", text, ...more });
  for (const device of everybody()) {
    await device.until(
      () => messagesOf(device).some((message) => textOf(message) === text && message.seq !== null),
      text,
    );
  }
  return messagesOf(by).findLast((message) => textOf(message) === text) as Message;
}

async function reload(device: Device): Promise<Device> {
  const fresh = await device.reload();
  await fresh.messenger.openConversation(conversation);
  if (device === alice) alice = fresh;
  if (device === phone) phone = fresh;
  if (device === bob) bob = fresh;
  return fresh;
}

async function cutOff(device: Device): Promise<void> {
  device.wire.down = true;
  for (const socket of device.platform.sockets) socket.terminate();
  await device.until(({ connection }) => connection === "offline", "offline");
}

/** How many bytes the server has at each place. */
async function envelopeBytes(): Promise<Map<number, number>> {
  const bytes = new Map<number, number>();
  for (;;) {
    const path = `/api/conversations/${conversation}/messages?after=${bytes.size}`;
    const page = decodePage(new Uint8Array(await (await bob.platform.fetch(path)).arrayBuffer()));
    if (page.length === 0) return bytes;
    for (const { seq, envelope } of page) bytes.set(seq, envelope.length);
  }
}

/** Erasing follows the message that deletes: it is waited for, not for a time. */
async function untilErased(...seqs: readonly number[]): Promise<void> {
  for (const seq of seqs) erased.add(seq);
  await expect
    .poll(
      async () => {
        const bytes = await envelopeBytes();
        return seqs.filter((seq) => bytes.get(seq) !== 32);
      },
      { timeout: 45_000 },
    )
    .toEqual([]);
}

const newest = () => Math.max(...messagesOf(alice).map(({ seq }) => seq ?? 0));

beforeEach(async () => {
  for (const device of everybody())
    await device.until(({ connection }) => connection === "online", `${device.person.name} is online`);
});

describe("what is said about a message", () => {
  test("other words: seen by all, the earlier ones kept, also after a reload", async () => {
    const { seq, ...message } = await said(alice, "frist");
    const target = refOf({ seq, ...message });
    await say(alice, { type: "edit", target, text: "first" });
    expect(textOf(at(alice, target.seq))).toBe("first");
    await say(phone, { type: "edit", target, text: "First." });
    const isEdited = ({ body }: Message) =>
      body.kind === "text" &&
      body.text === "First." &&
      body.earlier.map(({ text }) => text).join() === "frist,first";
    await until(everybody(), target.seq, isEdited);
    expect(messagesOf(bob).map(textOf)).not.toContain("<unreadable>");
    await until([await reload(bob), await reload(phone)], target.seq, isEdited);
  });

  test("a reaction from two browsers of one person at once is one", async () => {
    const target = refOf(await said(bob));
    const reaction = { type: "reaction", target, emoji: "👍", on: true } as const;
    await Promise.all([say(alice, reaction), say(phone, reaction), say(bob, reaction)]);
    const alices = at(alice, target.seq).reactions[0]?.people[0];
    await until(everybody(), target.seq, ({ reactions }) => reactions[0]?.people.length === 2);
    await say(phone, { ...reaction, on: false });
    await until(everybody(), target.seq, ({ reactions }) => !reactions[0]?.people.includes(alices as never));
    expect(everybody().map((device) => at(device, target.seq).reactions)).toEqual(
      Array(3).fill([{ emoji: "👍", people: [bob.messenger.getState().me?.id] }]),
    );
  });

  test("an answer in a thread, one to what is not loaded, a mention, a poll and its votes", async () => {
    const me = bob.messenger.getState().me?.id;
    const root = refOf(await said(alice));
    await said(bob, "in the thread", { thread: root });
    await said(alice, "Bob?", { reply: root, mentions: [me] });
    await until(everybody(), root.seq, ({ replies }) => replies?.count === 1);
    const named = messagesOf(bob).find((message) => textOf(message) === "Bob?");
    expect(named).toMatchObject({ mentionsMe: true, reply: { message: { body: at(bob, root.seq).body } } });

    const none = { type: "poll", question: "?", options: ["one"], multiple: false } as const;
    await expect(say(alice, none as never)).rejects.toMatchObject({ code: "bad-request" });
    await say(alice, { type: "poll", question: "When?", options: ["now", "later"], multiple: false });
    await bob.until(() => messagesOf(bob).at(-1)?.body.kind === "poll", "a poll");
    const target = refOf(messagesOf(bob).at(-1) as Message);
    await say(bob, { type: "vote", target, choices: [0, 7] });
    await say(bob, { type: "vote", target, choices: [1] });
    const isCounted = ({ body }: Message) =>
      body.kind === "poll" && body.voters === 1 && body.options[1]?.people[0] === me;
    await until(everybody(), target.seq, isCounted);

    for (let i = 0; i < 60; i++) await say(alice, { type: "text", text: `filler ${i}` });
    await said(alice, "to something old", { reply: root });
    bob.messenger.markRead(conversation);
    await until([alice], newest(), ({ delivery }) => delivery === "read");
    const fresh = await reload(bob);
    const answer = () => messagesOf(fresh).at(-1);
    expect(answer()?.reply).toEqual({ ref: root, message: null });
    await fresh.messenger.reveal(conversation, root.seq);
    expect(answer()?.reply?.message?.body).toEqual(at(alice, root.seq).body);
  });

  test("is counted by message: reactions are no news", async () => {
    const target = refOf(await said(alice));
    bob.messenger.markRead(conversation);
    const unread = () => bob.messenger.getState().conversations?.[0];
    await said(alice, "news", { mentions: [bob.messenger.getState().me?.id] });
    for (const emoji of ["👍", "🎉", "🙂"]) await say(alice, { type: "reaction", target, emoji, on: true });
    await say(alice, { type: "edit", target, text: "newer" });
    await until(
      [bob],
      target.seq,
      (message) => textOf(message) === "newer" && message.reactions.length === 3,
    );
    expect(unread()).toMatchObject({ unread: 1, mentions: 1, newest: { body: { text: "news" } } });
    // Without its timeline: the list alone finds out by itself.
    bob = await bob.reload();
    await bob.until(({ conversations }) => conversations?.[0]?.unread === 1, "one unread");
    expect(unread()).toMatchObject({ mentions: 1, newest: { body: { text: "news" } } });
    await bob.messenger.openConversation(conversation);
    bob.messenger.markRead(conversation);
  });
});

describe("what waits for the network", () => {
  test("shows at once, survives a reload and arrives in order", async () => {
    const target = refOf(await said(alice));
    await cutOff(alice);
    await say(alice, { type: "edit", target, text: "one" });
    await say(alice, { type: "edit", target, text: "two" });
    await say(alice, { type: "reaction", target, emoji: "🎉", on: true });
    expect(at(alice, target.seq)).toMatchObject({ delivery: "pending", body: { text: "two" } });
    expect(at(alice, target.seq).reactions).toHaveLength(1);
    alice.wire.down = false;
    await reload(alice);
    const isSaid = ({ body, reactions }: Message) =>
      body.kind === "text" &&
      body.text === "two" &&
      body.earlier[1]?.text === "one" &&
      reactions.length === 1;
    await until(everybody(), target.seq, isSaid);
  });

  test("is not said any more about what is deleted meanwhile", async () => {
    const target = refOf(await said(alice));
    await cutOff(alice);
    await say(alice, { type: "edit", target, text: "never sent" });
    await say(alice, { type: "delete", target });
    const before = newest();
    alice.wire.down = false;
    await reload(alice);
    await until(everybody(), target.seq, ({ body }) => body.kind === "deleted");
    await untilErased(target.seq);
    expect(Math.max(...(await envelopeBytes()).keys())).toBe(before + 1);
  });
});

describe("deleting for all", () => {
  test("leaves no ciphertext of it, of its edits and of reactions, and one mark", async () => {
    const target = refOf(await said(alice, "a secret"));
    await say(alice, { type: "edit", target, text: "a better kept secret" });
    await say(bob, { type: "reaction", target, emoji: "🎉", on: true });
    await until(everybody(), target.seq, ({ reactions }) => reactions.length === 1);
    await said(bob, "what was that?", { reply: target });
    await say(phone, { type: "delete", target });
    const isDeleted = ({ body }: Message) =>
      body.kind === "deleted" && body.by === alice.messenger.getState().me?.id;
    await until(everybody(), target.seq, isDeleted);
    await untilErased(target.seq, target.seq + 1, target.seq + 2);
    expect((await envelopeBytes()).get(target.seq + 3)).toBeGreaterThan(32);
    for (const device of [await reload(alice), await reload(bob)]) {
      await until([device], target.seq, isDeleted);
      const after = messagesOf(device).filter(({ seq }) => (seq ?? 0) >= target.seq);
      expect(after.map(textOf)).toEqual(["<deleted>", "what was that?"]);
      expect(after[1]?.reply?.message?.body.kind).toBe("deleted");
      expect(device.messenger.getState().conversations?.[0]?.alert).toBeNull();
    }
  });

  test("ends well when the server is killed before the content is gone", async () => {
    const target = refOf(await said(alice));
    phone.close();
    const fetch = alice.platform.fetch;
    let isKilled = false;
    alice.platform.fetch = async (path, init) => {
      if (isKilled || !path.endsWith("/erasures")) return fetch(path, init);
      await server.kill("SIGKILL");
      isKilled = true;
      throw new TypeError("network down");
    };
    await say(alice, { type: "delete", target });
    await expect.poll(() => isKilled, { timeout: 45_000 }).toBe(true);
    server = await server.restart();
    await untilErased(target.seq);
    await until([alice, bob, await reload(phone)], target.seq, ({ body }) => body.kind === "deleted");
  });

  test("ends well when the tab dies before the content is gone", async () => {
    const target = refOf(await said(alice));
    phone.close();
    let asked = false;
    alice.platform.fetch = new Proxy(alice.platform.fetch, {
      apply(fetch, self, [path, init]) {
        if (!path.endsWith("/erasures")) return Reflect.apply(fetch, self, [path, init]);
        asked = true;
        return new Promise(() => {});
      },
    });
    await say(alice, { type: "delete", target });
    await expect.poll(() => asked, { timeout: 45_000 }).toBe(true);
    expect((await envelopeBytes()).get(target.seq)).toBeGreaterThan(32);
    // Nothing is opened: what waited says it.
    alice = await alice.reload();
    await untilErased(target.seq);
    await alice.messenger.openConversation(conversation);
    phone = await reload(phone);
  });
});

describe("what nobody may do", () => {
  test("edit or delete what somebody else said: nothing happens, on either side", async () => {
    const target = refOf(await said(alice, "mine"));
    await say(bob, { type: "edit", target, text: "no, mine" });
    await say(bob, { type: "delete", target });
    await said(bob, "done");
    expect(everybody().map((device) => textOf(at(device, target.seq)))).toEqual(["mine", "mine", "mine"]);
    expect((await envelopeBytes()).get(target.seq)).toBeGreaterThan(32);
    expect(textOf(at(await reload(bob), target.seq))).toBe("mine");
  });

  test("have the server erase what somebody else said", async () => {
    const target = refOf(await said(alice));
    const headers = { "content-type": "application/json" };
    const ask = (messages: number[]) =>
      bob.platform.fetch(`/api/conversations/${conversation}/erasures`, {
        method: "POST",
        headers,
        body: JSON.stringify({ messages }),
      });
    expect((await ask([target.seq])).status).toBe(404);
    expect((await ask([])).status).toBe(400);
    expect((await envelopeBytes()).get(target.seq)).toBeGreaterThan(32);
  });

  test("a server that erases by itself shows as a deletion by nobody, and not where it is held", async () => {
    const target = refOf(await said(alice, "held by Alice"));
    bob.wire.answer = (path, body) =>
      path.includes("/messages?")
        ? encodePage(
            decodePage(body).map((message) =>
              message.seq === target.seq
                ? {
                    ...message,
                    envelope: new Uint8Array(createHash("sha256").update(message.envelope).digest()),
                  }
                : message,
            ),
          )
        : body;
    await said(alice, "next");
    await reload(bob);
    await until([bob], target.seq, ({ body }) => body.kind === "deleted" && body.by === null);
    expect(textOf(at(alice, target.seq))).toBe("held by Alice");
    expect(bob.messenger.getState().conversations?.[0]?.alert).toBeNull();
  });
});

test("the database holds hashes of what was deleted, and of nothing else", async () => {
  for (const device of everybody()) device.close();
  await server.kill("SIGTERM");
  const short = await withDatabase(server.dataFolder, async (pool) => {
    const rows: { seq: number }[] = await pool.query(
      "SELECT seq FROM message WHERE conversation_id = ? AND LENGTH(envelope) <= 32 ORDER BY seq",
      [Buffer.from(idToBytes(conversation))],
    );
    return rows.map(({ seq }) => Number(seq));
  });
  expect(short.length).toBeGreaterThan(5);
  expect(short).toEqual([...erased].sort((a, b) => a - b));
});
