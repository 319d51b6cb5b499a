import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { fromUtf8 } from "../../lib/base/bytes.ts";
import type { ConversationId } from "../../lib/base/ids.ts";
import { createMessenger } from "../../lib/client/messenger.ts";
import { decodeServerFrame } from "../../lib/protocol/frames.ts";
import { recordsAnswer } from "../../lib/protocol/http/conversations.ts";
import { parseRecord } from "../../lib/protocol/layout/record.ts";
import { type Device, openDevice, registerDevice, startTalking } from "../../server/testing/device.ts";
import { nodePlatform } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";

const DAY = 86_400_000;

let server: ServerProcess;
let alice: Device;
let bob: Device;
let conversation: ConversationId;
const devices: Device[] = [];

beforeAll(async () => {
  server = await startServer();
});

afterEach(() => {
  for (const device of devices.splice(0)) device.close();
});

afterAll(async () => {
  await server?.dispose();
});

async function talk(): Promise<void> {
  alice = await registerDevice(server);
  bob = await registerDevice(server);
  devices.push(alice, bob);
  conversation = await startTalking(alice, bob);
}

async function records(device: Device) {
  const response = await device.platform.fetch(`/api/conversations/${conversation}/records`);
  return recordsAnswer.parse(await response.json()).records.map(parseRecord);
}

const stored = (device: Device) =>
  (device.messenger.getState().timelines.get(conversation)?.messages ?? []).filter(({ seq }) => seq !== null);

async function everybodyHas(texts: readonly string[]): Promise<void> {
  for (const device of [alice, bob]) {
    await device.until(() => stored(device).length >= texts.length, `${texts.length} messages`);
    expect(device.texts(conversation)).toEqual(texts);
    expect(device.messenger.getState().conversations?.[0]?.alert).toBeNull();
  }
}

async function goOffline(device: Device): Promise<void> {
  device.wire.down = true;
  for (const socket of device.platform.sockets) socket.terminate();
  await device.until(({ connection }) => connection === "offline", "offline");
}

describe("the key of a conversation changes", () => {
  test("with the first message after a week; what was before stays readable, here and on a fresh browser", async () => {
    await talk();
    await alice.say(conversation, "first week");
    await everybodyHas(["first week"]);
    expect(await records(alice)).toHaveLength(1);
    const dealt: number[] = [];
    bob.wire.answer = (path, body) => {
      if (path.includes("/records?"))
        dealt.push(...recordsAnswer.parse(JSON.parse(fromUtf8(body))).boxes.map(({ keyEpoch }) => keyEpoch));
      return body;
    };
    alice.wire.clockAhead = 8 * DAY;
    await alice.say(conversation, "second week");
    await everybodyHas(["first week", "second week"]);
    // What is known already is not asked for again.
    expect(new Set(dealt)).toEqual(new Set([2]));
    expect((await records(alice)).map(({ kind, keyEpoch }) => [kind, keyEpoch])).toEqual([
      ["create", 1],
      ["rotate", 2],
    ]);
    await alice.say(conversation, "same week");
    await bob.say(conversation, "answer");
    await everybodyHas(["first week", "second week", "same week", "answer"]);
    expect(await records(alice)).toHaveLength(2);
    const fresh = await openDevice(server, bob.person, bob.profile);
    devices.push(fresh);
    await fresh.messenger.openConversation(conversation);
    expect(fresh.texts(conversation)).toEqual(["first week", "second week", "same week", "answer"]);
  });

  test("when both are due at once: one wins, the other follows, nothing is lost and order is kept", async () => {
    await talk();
    for (const device of [alice, bob]) device.wire.clockAhead = 8 * DAY;
    const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`);
    await Promise.all(lines.map((line, i) => (i % 2 ? alice : bob).say(conversation, line)));
    for (const device of [alice, bob])
      await device.until(() => stored(device).length === lines.length, "all lines");
    expect(alice.texts(conversation)).toEqual(bob.texts(conversation));
    for (const parity of [0, 1]) {
      const own = (line: string) => Number(line.slice(5)) % 2 === parity;
      expect(bob.texts(conversation).filter(own)).toEqual(lines.filter(own));
    }
    expect(await records(alice)).toHaveLength(2);
  });

  test("in one tab while another opens: what that one asked for a moment earlier is no forgery", async () => {
    await talk();
    const platform = nodePlatform(server.origin, bob.profile);
    const { fetch } = platform;
    let isFirst = true;
    platform.fetch = async (path, init) => {
      const response = await fetch(path, init);
      if (!path.includes("/records?") || !isFirst) return response;
      isFirst = false;
      bob.wire.clockAhead = 8 * DAY;
      await bob.say(conversation, "under a new key");
      await everybodyHas(["under a new key"]);
      return response;
    };
    const tab = createMessenger(platform);
    devices.push({ ...bob, messenger: tab, platform, close: tab.stop });
    await tab.start();
    await tab.openConversation(conversation);
    await expect
      .poll(() =>
        tab
          .getState()
          .timelines.get(conversation)
          ?.messages.map(({ body }) => body),
      )
      .toMatchObject([{ kind: "text", text: "under a new key" }]);
    expect(tab.getState().conversations).toMatchObject([{ alert: null, canSend: true }]);
  });

  test("while somebody writes offline: sealed again under the new key, in order, once", async () => {
    await talk();
    await goOffline(alice);
    const offline = Array.from({ length: 8 }, (_, i) => `offline ${i}`);
    for (const line of offline) await alice.say(conversation, line);
    bob.wire.clockAhead = 8 * DAY;
    await bob.say(conversation, "meanwhile");
    await bob.until(() => stored(bob).length === 1, "stored");
    alice.wire.down = false;
    await everybodyHas(["meanwhile", ...offline]);
    expect((await records(alice)).map(({ keyEpoch }) => keyEpoch)).toEqual([1, 2]);
  });

  test("after a message whose receipt was lost: it is recognised, not sealed and stored twice", async () => {
    await talk();
    alice.wire.incoming = (data) => {
      const lost = data instanceof ArrayBuffer && decodeServerFrame(new Uint8Array(data)).type === "stored";
      if (lost) void goOffline(alice);
      return lost ? [] : [{ data }];
    };
    await alice.say(conversation, "once");
    await bob.until(() => bob.texts(conversation).length === 1, "Bob has it");
    await alice.until(({ connection }) => connection === "offline", "the receipt is lost");
    bob.wire.clockAhead = 8 * DAY;
    await bob.say(conversation, "new key");
    await bob.until(() => stored(bob).length === 2, "stored");
    // The tab dies with it: what is known of the message is what lies on the disk.
    alice.wire.incoming = (data) => [{ data }];
    alice.wire.down = false;
    alice = await alice.reload();
    devices.push(alice);
    await alice.messenger.openConversation(conversation);
    await everybodyHas(["once", "new key"]);
  });
});

describe("a record is refused", () => {
  const post = (device: Device, body: object) =>
    device.platform.fetch(`/api/conversations/${conversation}/records`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  async function rotationOf(device: Device): Promise<{ record: string; boxes: { account: string }[] }> {
    let posted = "";
    const { fetch } = device.platform;
    const heard = new Promise<void>((resolve) => {
      device.platform.fetch = async (path, init) => {
        if (!path.endsWith("/records") || init?.method !== "POST") return fetch(path, init);
        posted = String(init.body);
        resolve();
        throw new TypeError("network down");
      };
    });
    device.wire.clockAhead = 8 * DAY;
    await device.say(conversation, "held back");
    await heard;
    device.platform.fetch = fetch;
    return JSON.parse(posted);
  }

  test("that lacks a member's box, is an outsider's, changed, or not the next", async () => {
    await talk();
    const eve = await registerDevice(server);
    devices.push(eve);
    const rotation = await rotationOf(alice);
    const changed = `${rotation.record.slice(0, -4)}AAAA`;
    expect((await post(alice, { ...rotation, boxes: rotation.boxes.slice(1) })).status).toBe(400);
    expect((await post(alice, { ...rotation, boxes: [...rotation.boxes, rotation.boxes[0]] })).status).toBe(
      400,
    );
    expect((await post(alice, { ...rotation, record: changed })).status).toBe(400);
    expect((await post(bob, rotation)).status).toBe(400);
    expect((await post(eve, rotation)).status).toBe(404);
    expect((await post(alice, rotation)).status).toBe(204);
    expect((await post(alice, rotation)).status).toBe(409);
  });

  test("all but one of twenty made from the same state", async () => {
    await talk();
    const rotation = await rotationOf(alice);
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await post(alice, rotation)).status),
    );
    expect(statuses.toSorted()).toEqual([204, ...Array.from({ length: 19 }, () => 409)]);
  });
});
