import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type ConversationId, type MessageId, newId } from "../../lib/base/ids.ts";
import type { Scheduled } from "../../lib/client/model-notes.ts";
import { CLAIM_MS } from "../../lib/client/notes/scheduled.ts";
import { putForward, serverNow } from "../../server/testing/clock.ts";
import { type Device, openDevice, registerDevice, startTalking } from "../../server/testing/device.ts";
import { addDevice } from "../../server/testing/second-device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";

const HUNDRED = Array.from({ length: 100 }, (_, i) => `message ${i}`);

let server: ServerProcess;
const devices: Device[] = [];

beforeAll(async () => {
  server = await startServer();
});

async function twoPeople(): Promise<{ alice: Device; bob: Device; conversation: ConversationId }> {
  const alice = await registerDevice(server);
  const bob = await registerDevice(server);
  devices.push(alice, bob);
  return { alice, bob, conversation: await startTalking(alice, bob) };
}

afterEach(() => {
  for (const device of devices.splice(0)) device.close();
});

afterAll(() => server?.dispose());

const stored = (device: Device, conversation: ConversationId) =>
  (device.messenger.getState().timelines.get(conversation)?.messages ?? []).filter(({ seq }) => seq !== null);

async function expectAllOnce(
  device: Device,
  conversation: ConversationId,
  texts: readonly string[],
): Promise<void> {
  await device.until(() => stored(device, conversation).length >= texts.length, `${texts.length} messages`);
  expect(device.texts(conversation)).toEqual(texts);
  expect(stored(device, conversation).map(({ seq }) => seq)).toEqual(texts.map((_, i) => i + 1));
  expect(device.messenger.getState().conversations?.[0]?.alert).toBeNull();
}

/** The file of the newest message. */
async function openNewest(device: Device, conversation: ConversationId): Promise<Buffer> {
  const { body, sender } = stored(device, conversation).at(-1) ?? {};
  const [file] = body?.kind === "text" ? body.files : [];
  const opened: Uint8Array[] = [];
  if (file && sender)
    for await (const piece of (await device.messenger.files()).open({ conversation, sender }, file))
      opened.push(piece);
  return Buffer.concat(opened);
}

async function disconnect({ wire, platform, until }: Device): Promise<void> {
  wire.down = true;
  for (const socket of platform.sockets) socket.terminate();
  await until(({ connection }) => connection === "offline", "offline");
}

/** A browser without memory of what was on the screen: what the server really kept. */
async function expectOnServer(
  device: Device,
  conversation: ConversationId,
  texts: readonly string[],
): Promise<void> {
  const fresh = await openDevice(server, device.person, device.profile);
  devices.push(fresh);
  await fresh.messenger.openConversation(conversation);
  while (fresh.messenger.getState().timelines.get(conversation)?.hasOlder) {
    await fresh.messenger.loadOlder(conversation);
  }
  await expectAllOnce(fresh, conversation, texts);
}

describe("nothing acknowledged is lost, nothing is there twice", () => {
  test("the server is killed in the middle of a hundred sends, and of an upload", async () => {
    const { alice, bob, conversation } = await twoPeople();
    await Promise.all(HUNDRED.map((text) => alice.say(conversation, text)));
    await alice.until(() => stored(alice, conversation).length > 20, "some are acknowledged");
    await server.kill("SIGKILL");
    const acknowledged = stored(alice, conversation).map(({ body }) => body.kind === "text" && body.text);
    expect(acknowledged.length).toBeLessThan(100);
    expect(acknowledged).toEqual(HUNDRED.slice(0, acknowledged.length));
    server = await server.restart();
    await expectAllOnce(alice, conversation, HUNDRED);
    await expectAllOnce(bob, conversation, HUNDRED);
    await expectOnServer(bob, conversation, HUNDRED);

    const bytes = randomBytes(20_000_000);
    const read = async (from: number, to: number) => bytes.subarray(from, to);
    const source = { name: "f", mediaType: "", size: bytes.length, read, preview: null };
    await (await alice.messenger.files()).send(conversation, { text: "a file" }, [source]);
    await alice.until(({ uploads: [upload] }) => {
      return upload?.state === "uploading" && upload.done > 1_000_000;
    }, "some of it has come");
    await server.kill("SIGKILL");
    const [cut] = alice.messenger.getState().uploads;
    expect(cut?.done).toBeLessThan(cut?.total ?? 0);
    server = await server.restart();
    await bob.until(() => stored(bob, conversation).length > HUNDRED.length, "the message");
    expect(bytes.equals(await openNewest(bob, conversation))).toBe(true);
  });

  test("the server lets go of a file before its message comes; tried again, both come", async () => {
    const { alice, bob, conversation } = await twoPeople();
    const bytes = randomBytes(3_000);
    const read = async (from: number, to: number) => bytes.subarray(from, to);
    const source = { name: "f", mediaType: "", size: bytes.length, read, preview: null };
    alice.wire.outgoing = (data) => typeof data === "string";
    await (await alice.messenger.files()).send(conversation, { text: "a file" }, [source]);
    const own = () => alice.messenger.getState().timelines.get(conversation)?.messages.at(-1);
    await alice.until(() => own()?.delivery === "pending", "the message waits, its file uploaded");
    const { body } = own() ?? {};
    const file = body?.kind === "text" ? body.files[0]?.id : "";
    const gone = await alice.platform.fetch(`/api/conversations/${conversation}/files/${file}`, {
      method: "DELETE",
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: "{}",
    });
    expect(gone.status).toBe(204);
    await disconnect(alice);
    alice.wire.outgoing = () => true;
    alice.wire.down = false;
    await alice.until(() => own()?.failure === "file-missing", "a refusal");
    await alice.messenger.retry(conversation, own()?.id as MessageId);
    await bob.until(() => stored(bob, conversation).length === 1, "the message");
    expect(bytes.equals(await openNewest(bob, conversation))).toBe(true);
    await alice.until(() => stored(alice, conversation).length === 1, "a receipt");
  });

  test("the sender's tab dies with messages unsent; the next one sends them, in order", async () => {
    const { alice, bob, conversation } = await twoPeople();
    await disconnect(alice);
    for (const text of HUNDRED.slice(0, 10)) await alice.say(conversation, text);
    expect(stored(alice, conversation)).toEqual([]);
    alice.wire.down = false;
    const reopened = await alice.reload();
    devices.push(reopened);
    await reopened.messenger.openConversation(conversation);
    await expectAllOnce(reopened, conversation, HUNDRED.slice(0, 10));
    await expectAllOnce(bob, conversation, HUNDRED.slice(0, 10));
  });

  test("of two browsers that find a message due, one sends it; where one died with it, the other does", async () => {
    const { alice, bob, conversation } = await twoPeople();
    const phone = await addDevice(server, alice.person);
    devices.push(phone);
    const waiting = (device: Device) => device.messenger.getState().notes.get(conversation)?.scheduled ?? [];
    const said: string[] = [];

    /** In the vault, as a browser that is gone may have left it. */
    async function leave(text: string, parts: Partial<Scheduled> = {}): Promise<void> {
      // Not yet due while both hear of it.
      const entry = { id: newId<MessageId>(), at: serverNow() + 2_000, ...parts };
      const scheduled = [{ ...entry, content: { type: "text", text } as const }];
      await (await alice.messenger.notes()).update(conversation, (before) => ({ ...before, scheduled }));
      for (const device of [alice, phone]) await device.until(() => waiting(device).length === 1, "it waits");
      await sleep(entry.at - serverNow());
    }
    async function look(): Promise<void> {
      for (const device of [alice, phone]) await disconnect(device);
      for (const device of [alice, phone]) device.wire.down = false;
      for (const device of [alice, phone])
        await device.until(({ connection }) => connection === "online", "online");
    }
    async function untilSent(by: readonly Device[]): Promise<void> {
      for (const device of by) await device.until(() => waiting(device).length === 0, "nothing waits");
    }
    /** Whatever is on its way from either of them comes before what it says now. */
    async function expectSaid(by: readonly Device[], ...texts: readonly string[]): Promise<void> {
      said.push(...texts);
      for (const device of by) {
        await expectAllOnce(bob, conversation, said);
        said.push(`said after ${said.length}`);
        await device.say(conversation, said.at(-1) ?? "");
      }
      await expectAllOnce(bob, conversation, said);
    }

    await leave("once");
    await look();
    await untilSent([alice, phone]);
    await expectSaid([alice, phone], "once");

    const id = newId<MessageId>();
    await leave("taken over", { id, claim: { by: "a tab that died", at: serverNow() } });
    await look();
    await expectSaid([alice, phone]);
    await putForward(CLAIM_MS);
    const tablet = await phone.reload();
    devices.push(tablet);
    await untilSent([alice, tablet]);
    await expectSaid([alice, tablet], "taken over");

    // As if it had not come to take it out of the vault: another one finds that it is sent.
    tablet.close();
    await alice.messenger.notes().then((notes) =>
      notes.update(conversation, (before) => ({
        ...before,
        scheduled: [{ id, at: serverNow() - 1_000, content: { type: "text", text: "taken over" } }],
      })),
    );
    const again = await alice.reload();
    devices.push(again);
    await untilSent([again]);
    await expectSaid([again]);
  });

  test("asked to stop, the server finishes what it accepted and ends with 0", async () => {
    const { alice, bob, conversation } = await twoPeople();
    await Promise.all(HUNDRED.slice(0, 30).map((text) => alice.say(conversation, text)));
    expect(await server.kill("SIGTERM")).toBe(0);
    server = await server.restart();
    await expectAllOnce(bob, conversation, HUNDRED.slice(0, 30));
  });
});
