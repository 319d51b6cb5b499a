import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConversationId } from "../../lib/base/ids.ts";
import { type Device, registerDevice, startTalking } from "../../server/testing/device.ts";
import { seeded } from "../../server/testing/seeded.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";

let server: ServerProcess;
let alice: Device;
let bob: Device;
let conversation: ConversationId;
let sent: string[];

beforeAll(async () => {
  server = await startServer();
  alice = await registerDevice(server);
  bob = await registerDevice(server);
  conversation = await startTalking(alice, bob);
  sent = [];
});

afterAll(async () => {
  alice?.close();
  bob?.close();
  await server?.dispose();
});

async function send(count: number, prefix: string): Promise<void> {
  const texts = Array.from({ length: count }, (_, i) => `${prefix} ${i}`);
  sent.push(...texts);
  for (const text of texts) await alice.say(conversation, text);
}

async function expectSame(): Promise<void> {
  for (const device of [alice, bob]) {
    await device.until(() => device.texts(conversation).length >= sent.length, `${sent.length} messages`);
    expect(device.texts(conversation)).toEqual(sent);
    expect(device.messenger.getState().conversations?.[0]?.alert).toBeNull();
  }
}

describe("whatever the network does, each message is shown once and in order", () => {
  test("frames are delivered twice", async () => {
    bob.wire.incoming = (data) => [{ data }, { data }];
    await send(20, "twice");
    await expectSame();
  });

  test("frames are reordered", async () => {
    const chance = seeded(7);
    bob.wire.incoming = (data) => [{ data, delayMs: chance.below(60) }];
    await send(30, "reordered");
    await expectSame();
  });

  test("every third frame to the recipient is lost", async () => {
    let count = 0;
    bob.wire.incoming = (data) => (count++ % 3 === 0 ? [] : [{ data }]);
    await send(20, "lossy");
    bob.wire.incoming = (data) => [{ data }];
    await send(1, "the next one shows the gap");
    await expectSame();
  });

  test("the sender's receipts are lost with the connection", async () => {
    let lost = 0;
    alice.wire.incoming = (data) => {
      if (typeof data === "string" || lost >= 3) return [{ data }];
      lost += 1;
      for (const socket of alice.platform.sockets) socket.terminate();
      return [];
    };
    await send(10, "no receipt");
    await expectSame();
    expect(lost).toBe(3);
    alice.wire.incoming = (data) => [{ data }];
  });

  test("the recipient's connection is cut again and again", async () => {
    const cutting = setInterval(() => {
      for (const socket of bob.platform.sockets) socket.terminate();
    }, 150);
    await send(60, "cut");
    await alice.until(() => alice.texts(conversation).length === sent.length, "sent");
    clearInterval(cutting);
    await expectSame();
  });
});
