import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromUtf8, utf8 } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { createApi } from "../../lib/client/api.ts";
import { createMessenger } from "../../lib/client/messenger.ts";
import { unlockWithDevice } from "../../lib/client/unlock.ts";
import { type Device, openDevice, registerDevice, startTalking } from "../../server/testing/device.ts";
import { newProfile, nodePlatform, perfectWire } from "../../server/testing/node-platform.ts";
import { addDevice } from "../../server/testing/second-device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { describeNotes } from "./notes.ts";

const DAY = 86_400_000;

let server: ServerProcess;
/** Two browsers of Alice's, one of Bob's. The account goes from test to test. */
let alice: Device;
let other: Device;
let bob: Device;
let account: AccountId;
let conversation: ConversationId;
const said: string[] = [];

beforeAll(async () => {
  server = await startServer();
  alice = await registerDevice(server);
  bob = await registerDevice(server);
  conversation = await startTalking(alice, bob);
  account = alice.messenger.getState().me?.id as AccountId;
  other = await addDevice(server, alice.person);
  await other.messenger.openConversation(conversation);
});

afterAll(async () => {
  for (const device of [alice, other, bob]) device?.close();
  await server?.dispose();
});

async function say(device: Device, text: string): Promise<void> {
  said.push(text);
  await device.say(conversation, text);
  await everybodyReads();
}

async function everybodyReads(devices: readonly Device[] = [alice, other, bob]): Promise<void> {
  for (const device of devices) {
    await device.until(
      ({ timelines }) =>
        (timelines.get(conversation)?.messages ?? []).filter(({ seq }) => seq !== null).length >= said.length,
      `${said.length} messages`,
    );
    expect(device.texts(conversation).toSorted()).toEqual(said.toSorted());
  }
}

/** A fresh look through this browser's own door, past everything that is held in memory. */
async function vaultOf({ profile }: Device) {
  const platform = nodePlatform(server.origin, profile);
  const unlocked = await unlockWithDevice(createApi(platform), platform, account);
  if (!unlocked) throw new Error("locked");
  return unlocked.vault;
}

async function renew(device: Device): Promise<void> {
  await (await device.messenger.account()).keys.renew(() => {});
}

async function check(device: Device): Promise<void> {
  await (await device.messenger.account()).keys.check();
}

async function reloaded(device: Device): Promise<Device> {
  const fresh = await device.reload();
  await fresh.until(({ phase }) => phase === "ready", "unlocked");
  await fresh.messenger.openConversation(conversation);
  return fresh;
}

/** The next request that fits does what `instead` makes of it. */
function intercept(
  { platform }: Device,
  fits: (method: string, path: string) => boolean,
  instead: (send: () => Promise<Response>) => Promise<Response>,
): void {
  const { fetch } = platform;
  platform.fetch = async (path, init) => {
    if (!fits(init?.method ?? "GET", path)) return fetch(path, init);
    platform.fetch = fetch;
    return instead(() => fetch(path, init));
  };
}

const lost = () => Promise.reject(new TypeError("network down"));
const isStart = (method: string, path: string) => method === "POST" && path === "/api/renewals";
const isUpload = (method: string, path: string) => method === "PUT" && path.endsWith("/entries");
const isReadBack = (method: string, path: string) => method === "GET" && path.endsWith("/entries");
const isCommit = (_: string, path: string) => path.endsWith("/commit");

const STEPS: readonly [string, (method: string, path: string) => boolean, "before" | "after"][] = [
  ["before it starts", isStart, "before"],
  ["after it started", isStart, "after"],
  ["before the upload", isUpload, "before"],
  ["after the upload", isUpload, "after"],
  ["while it reads back", isReadBack, "before"],
  ["before the commit", isCommit, "before"],
  ["after the commit", isCommit, "after"],
];

describe("new keys", () => {
  test("while both write: nothing is lost, the other browser follows without a reload", async () => {
    await say(alice, "before");
    const before = await vaultOf(alice);
    const [oldSigning] = before.root().signing;
    const lines = Array.from({ length: 12 }, (_, i) => `during ${i}`);
    const devices = [alice, other, bob];
    const sending = lines.map((line, i) => devices[i % 3]?.say(conversation, line));
    await Promise.all([renew(alice), ...sending]);
    said.push(...lines);
    await everybodyReads();
    await say(other, "after, from the other browser");
    await say(bob, "after, from Bob");
    const after = await vaultOf(alice);
    expect(after.keyVersion).toBe(before.keyVersion + 1);
    expect(after.identityKey).toEqual(before.identityKey);
    expect(after.root().signing.length).toBe(2);
    expect(after.root().signing[0]?.certificate).toEqual(oldSigning?.certificate);
  });

  test("every device gets a new key of its own, and old signing keys go when no conversation lists them", async () => {
    await check(alice);
    await check(other);
    const root = (await vaultOf(other)).root();
    expect(root.devices.map(({ keyIds }) => keyIds.length)).toEqual([1, 1]);
    expect(root.signing.map(({ seed }) => seed !== null)).toEqual([false, true]);
    for (const device of [alice, other]) {
      const local = await device.profile.storage.findDevice(account);
      expect(local).toMatchObject({ vaultKeyVersion: 2 });
      expect(local?.pending).toBeUndefined();
    }
    alice = await reloaded(alice);
    other = await reloaded(other);
    await everybodyReads();
  });

  test("history opens on a third browser by the recovery code from before", async () => {
    const third = await addDevice(server, alice.person);
    await third.messenger.openConversation(conversation);
    await everybodyReads([third]);
    third.close();
  });

  test("two browsers at once: one wins, the other follows", async () => {
    const { keyVersion } = await vaultOf(alice);
    await Promise.all([renew(alice), renew(other)]);
    for (const device of [alice, other]) expect((await vaultOf(device)).keyVersion).toBe(keyVersion + 1);
    await say(alice, "one");
    await say(other, "and the other");
  });

  test("two tabs of one browser at once", async () => {
    const tab = await openDevice(server, alice.person, alice.profile);
    const { keyVersion } = await vaultOf(alice);
    await Promise.all([renew(alice), renew(tab)]);
    expect((await vaultOf(alice)).keyVersion).toBeGreaterThan(keyVersion);
    await tab.messenger.openConversation(conversation);
    said.push("from a second tab");
    await tab.say(conversation, "from a second tab");
    await everybodyReads([alice, other, bob, tab]);
    tab.close();
  });

  test("an entry that is written in between is not lost", async () => {
    const carol = await registerDevice(server);
    let started: ConversationId | undefined;
    intercept(alice, isCommit, async (send) => {
      started = await startTalking(other, carol);
      await other.say(started, "meanwhile");
      return send();
    });
    await renew(alice);
    const vault = await vaultOf(alice);
    expect(await vault.findConversationKey(started as ConversationId, 1)).not.toBeNull();
    carol.close();
    await say(alice, "with a conversation more");
  });
});

describeNotes(() => ({ here: alice, there: other, conversation, vaultOf, renew }));

describe("a renewal that is interrupted", () => {
  test.each(STEPS)("by the network, %s", async (_, fits, when) => {
    const { keyVersion } = await vaultOf(alice);
    intercept(alice, fits, async (send) => {
      if (when === "after") await send();
      return lost();
    });
    await expect(renew(alice)).rejects.toMatchObject({ code: "offline" });
    await say(alice, `still writing ${said.length}`);
    await renew(alice);
    expect((await vaultOf(alice)).keyVersion).toBeGreaterThan(keyVersion);
    alice = await reloaded(alice);
    await everybodyReads();
  });

  test.each(STEPS)("by the end of the tab, %s", async (_, fits, when) => {
    const stopped = new Promise<void>((resolve) => {
      intercept(alice, fits, async (send) => {
        if (when === "after") await send();
        resolve();
        return new Promise(() => {});
      });
    });
    void renew(alice);
    await stopped;
    // The browser gives the lock back with the tab.
    alice.profile.exclusive.clear();
    alice = await reloaded(alice);
    await everybodyReads();
    const { keyVersion } = await vaultOf(alice);
    await renew(alice);
    expect((await vaultOf(alice)).keyVersion).toBe(keyVersion + 1);
    await say(alice, `goes on ${said.length}`);
  });

  test.each(STEPS)("by the death of the server, %s", async (_, fits, when) => {
    intercept(alice, fits, async (send) => {
      if (when === "after") await send();
      await server.kill("SIGKILL");
      return lost();
    });
    await expect(renew(alice)).rejects.toMatchObject({ code: "offline" });
    server = await server.restart();
    for (const device of [alice, other, bob]) {
      device.platform.wake();
      await device.until(({ connection }) => connection === "online", "back");
    }
    await renew(alice);
    await say(other, `survived ${said.length}`);
    alice = await reloaded(alice);
    await everybodyReads();
  });

  test("reads back other bytes than it staged: nothing is replaced", async () => {
    const { keyVersion } = await vaultOf(alice);
    alice.wire.answer = (path, body) => {
      if (!path.endsWith("/entries")) return body;
      const answer = JSON.parse(fromUtf8(body));
      answer.entries[0].ciphertext = `${answer.entries[0].ciphertext.slice(0, -4)}AAAA`;
      return utf8(JSON.stringify(answer));
    };
    await expect(renew(alice)).rejects.toMatchObject({ code: "vault-refused" });
    alice.wire.answer = (path, body) => {
      if (!path.endsWith("/entries")) return body;
      return utf8(JSON.stringify({ entries: [], more: false }));
    };
    await expect(renew(alice)).rejects.toMatchObject({ code: "vault-refused" });
    alice.wire.answer = (_, body) => body;
    expect((await vaultOf(alice)).keyVersion).toBe(keyVersion);
  });
});

describe("by itself", () => {
  test("after six months, at the start", async () => {
    const { keyVersion } = await vaultOf(alice);
    alice.wire.clockAhead = 200 * DAY;
    alice = await reloaded(alice);
    await expect
      .poll(async () => (await vaultOf(alice)).keyVersion, { timeout: 45_000 })
      .toBe(keyVersion + 1);
    alice.wire.clockAhead = 0;
    alice = await reloaded(alice);
    await say(alice, "half a year later");
  });
});

describe("a lying server", () => {
  test("that shows the vault from before a renewal is refused", async () => {
    const old = await (await alice.platform.fetch("/api/vault")).text();
    await renew(alice);
    const wire = perfectWire();
    wire.answer = (path, body) => (path === "/api/vault" ? utf8(old) : body);
    const messenger = createMessenger(nodePlatform(server.origin, alice.profile, wire));
    await messenger.start().catch((error) => expect(error).toMatchObject({ code: "vault-refused" }));
    // The old vault key is sealed to a device key that is no more, or opens a vault that was seen newer.
    expect(messenger.getState().phase).not.toBe("ready");
    messenger.stop();
  });

  test("that lists a device of its own gets no box for it", async () => {
    const mallory = await registerDevice(server);
    const theirs = await mallory.profile.storage.findDevice(mallory.messenger.getState().me?.id as AccountId);
    const listed = await vaultOf(mallory).catch(() => null);
    expect(listed).toBeNull();
    const started = await (
      await mallory.platform.fetch("/api/renewals", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      })
    ).json();
    const bodies: string[] = [];
    const { fetch } = alice.platform;
    alice.platform.fetch = async (path, init) => {
      if (path.endsWith("/commit")) bodies.push(String(init?.body));
      return fetch(path, init);
    };
    alice.wire.answer = (path, body) => {
      if (path !== "/api/renewals") return body;
      const answer = JSON.parse(fromUtf8(body));
      return utf8(JSON.stringify({ ...answer, devices: [...answer.devices, ...started.devices] }));
    };
    // Such a server can only stand in its own way.
    await expect(renew(alice)).rejects.toMatchObject({ code: "conflict" });
    alice.wire.answer = (_, body) => body;
    alice.platform.fetch = fetch;
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) {
      const { devices, without } = JSON.parse(body);
      expect(devices.map(({ id }: { id: string }) => id)).not.toContain(theirs?.device);
      expect(without).toContain(theirs?.device);
    }
    mallory.close();
  });
});

test("storage that was evicted, wholly or by half, leads to the recovery code and the same identity", async () => {
  const before = await vaultOf(alice);
  const { storage } = alice.profile;
  const local = await storage.findDevice(account);
  if (!local) throw new Error("no device");
  await storage.saveDevice({ ...local, wrapped: new Uint8Array(local.wrapped.length) });
  const half = await openDevice(server, alice.person, alice.profile);
  expect(half.messenger.getState().phase).toBe("locked");
  half.close();
  await storage.erase(account);
  const none = await openDevice(server, alice.person, alice.profile);
  expect(none.messenger.getState().phase).toBe("locked");
  none.close();
  const fresh = await addDevice(server, alice.person, newProfile());
  expect((await vaultOf(fresh)).identityKey).toEqual(before.identityKey);
  await fresh.messenger.openConversation(conversation);
  await everybodyReads([fresh]);
  fresh.close();
});
