import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { fromUtf8, utf8 } from "../../lib/base/bytes.ts";
import { type AccountId, type ConversationId, newId } from "../../lib/base/ids.ts";
import { createApi } from "../../lib/client/api.ts";
import { createEntrance } from "../../lib/client/entrance.ts";
import { unlockWithDevice } from "../../lib/client/unlock.ts";
import { type ConversationKey, newSecretKey } from "../../lib/crypto/keys.ts";
import { sealVaultEntry } from "../../lib/crypto/vault.ts";
import type { VaultEntryId } from "../../lib/protocol/layout/vault-entry.ts";
import {
  type Device,
  freshTotpCode,
  openDevice,
  registerDevice,
  startTalking,
} from "../../server/testing/device.ts";
import { newProfile, nodePlatform } from "../../server/testing/node-platform.ts";
import { addDevice } from "../../server/testing/second-device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { signInAgain } from "../../server/testing/sign-in.ts";
import { register } from "../security/support/accounts.ts";

const DAY = 86_400_000;

let server: ServerProcess;
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

async function person(): Promise<Device> {
  const device = await registerDevice(server);
  devices.push(device);
  return device;
}

const accountOf = (device: Device) => device.messenger.getState().me?.id as AccountId;

async function vaultOf(device: Device) {
  const platform = nodePlatform(server.origin, device.profile);
  return (await unlockWithDevice(createApi(platform), platform, accountOf(device)))?.vault;
}

async function rootOf(device: Device) {
  const vault = await vaultOf(device);
  if (!vault) throw new Error("locked");
  return vault.root();
}

async function check(device: Device): Promise<void> {
  await (await device.messenger.account()).keys.check();
}

async function has(device: Device, conversation: ConversationId, texts: readonly string[]): Promise<void> {
  await device.until(() => device.texts(conversation).length >= texts.length, `${texts.length} messages`);
  expect(device.texts(conversation)).toEqual(texts);
}

async function reloaded(device: Device, conversation: ConversationId): Promise<Device> {
  const fresh = await device.reload();
  devices.push(fresh);
  await fresh.messenger.openConversation(conversation);
  return fresh;
}

async function stepUp({ messenger, person: { password, totpSecret } }: Device): Promise<void> {
  const { sessions } = await messenger.account();
  await sessions.stepUp({ password, code: await freshTotpCode(totpSecret) });
}

const publishedKey = async (device: Device) =>
  (await (await device.platform.fetch(`/api/people/${accountOf(device)}/keys`)).json()).transportCertificate;

describe("a transport key", () => {
  test("is replaced after a week, published after a crash in between, and erased 30 days later", async () => {
    const alice = await person();
    const bob = await person();
    const conversation = await startTalking(alice, bob);
    await bob.say(conversation, "to the first key");
    await has(alice, conversation, ["to the first key"]);
    const first = await publishedKey(alice);
    alice.wire.clockAhead = 7 * DAY + 1;
    const { fetch } = alice.platform;
    alice.platform.fetch = (path, init) =>
      path === "/api/keys/transport" ? Promise.reject(new TypeError("network down")) : fetch(path, init);
    await expect(check(alice)).rejects.toMatchObject({ code: "offline" });
    expect((await rootOf(alice)).transport.map(({ publishedAt }) => publishedAt !== null)).toEqual([
      true,
      false,
    ]);
    expect(await publishedKey(alice)).toBe(first);
    alice.platform.fetch = fetch;
    await check(alice);
    expect((await rootOf(alice)).transport.map(({ publishedAt }) => publishedAt !== null)).toEqual([
      true,
      true,
    ]);
    expect(await publishedKey(alice)).not.toBe(first);
    await check(alice);
    expect((await rootOf(alice)).transport).toHaveLength(2);

    alice.wire.clockAhead = 38 * DAY;
    await check(alice);
    // The first is gone; the second was replaced just now.
    expect((await rootOf(alice)).transport.map(({ epoch }) => epoch)).toEqual([2, 3]);
    await bob.say(conversation, "to the third key");
    const fresh = await reloaded(alice, conversation);
    await has(fresh, conversation, ["to the first key", "to the third key"]);
  });

  test("that was replaced a moment ago still receives, and opens", async () => {
    const alice = await person();
    const bob = await person();
    const conversation = await startTalking(alice, bob);
    const old = await (await bob.platform.fetch(`/api/people/${accountOf(alice)}/keys`)).text();
    alice.wire.clockAhead = 8 * DAY;
    await check(alice);
    alice.wire.clockAhead = 0;
    bob.wire.answer = (path, body) => (path.endsWith(`${accountOf(alice)}/keys`) ? utf8(old) : body);
    bob.wire.clockAhead = 8 * DAY;
    await bob.say(conversation, "crossed the new key");
    await has(alice, conversation, ["crossed the new key"]);
    await has(await reloaded(alice, conversation), conversation, ["crossed the new key"]);
  });

  test("is made once by two tabs and published by both", async () => {
    const alice = await person();
    alice.wire.clockAhead = 8 * DAY;
    const tab = await openDevice(server, alice.person, alice.profile, alice.wire);
    devices.push(tab);
    await Promise.all([check(alice), check(tab)]);
    expect((await rootOf(alice)).transport.map(({ epoch }) => epoch)).toEqual([1, 2]);
  });
});

test("a removed browser opens neither the new vault nor what is said afterwards", async () => {
  const alice = await person();
  const bob = await person();
  const conversation = await startTalking(alice, bob);
  const thief = await addDevice(server, alice.person, newProfile());
  devices.push(thief);
  await thief.messenger.openConversation(conversation);
  await bob.say(conversation, "before");
  await has(thief, conversation, ["before"]);
  const stolen = await vaultOf(thief);
  const device = (await thief.profile.storage.findDevice(accountOf(alice)))?.device;
  if (!stolen || !device) throw new Error("no device");
  await stepUp(alice);
  await (await alice.messenger.account()).sessions.remove(device);
  await thief.until(({ phase }) => phase === "signed-out", "signed out");
  const vault = await vaultOf(alice);
  expect(vault?.keyVersion).toBe(stolen.keyVersion + 1);
  expect(vault?.root().devices.map(({ id }) => id)).not.toContain(device);

  // Everything the server has, given to the thief: the box list holds nothing for that browser.
  const everything = nodePlatform(server.origin, {
    ...alice.profile,
    storage: thief.profile.storage,
  });
  expect(await unlockWithDevice(createApi(everything), everything, accountOf(alice))).toBeNull();

  // Conversations follow by themselves: what comes next is under keys that the stolen vault cannot open.
  await expect
    .poll(
      async () =>
        (await (await alice.platform.fetch(`/api/conversations/${conversation}/records`)).json()).records
          .length,
    )
    .toBe(2);
  await bob.say(conversation, "after");
  await has(alice, conversation, ["before", "after"]);
  const current = await vaultOf(alice);
  const secret = await current?.findConversationKey(conversation, 2);
  expect(secret).toBeTruthy();
  expect(await stolen.findConversationKey(conversation, 2)).toBeNull();
  const transport = (await rootOf(alice)).transport.at(-1);
  expect(stolen.root().transport.map(({ epoch }) => epoch)).not.toContain(transport?.epoch);
});

test("a vault of more than a thousand entries is read in pages, and renewed in batches", async () => {
  const alice = await person();
  const vault = await vaultOf(alice);
  if (!vault) throw new Error("locked");
  const entries = Array.from({ length: 1_100 }, () => newId<VaultEntryId>());
  const key = newSecretKey<ConversationKey>();
  const { account, key: vaultKey, keyVersion } = vault;
  for (let i = 0; i < entries.length; i += 50) {
    await Promise.all(
      entries.slice(i, i + 50).map(async (entry) => {
        const ciphertext = await sealVaultEntry(vaultKey, { account, entry, keyVersion }, 1, key);
        const body = { counter: 1, vaultKeyVersion: keyVersion, ciphertext };
        await createApi(alice.platform).send("PUT", `/api/vault/${entry}`, body);
      }),
    );
  }
  const { keys } = await alice.messenger.account();
  await keys.renew(() => {});
  const renewed = await vaultOf(alice);
  expect(renewed?.keyVersion).toBe(keyVersion + 1);
  for (const entry of entries) expect(renewed?.read(entry)).toEqual(key);
});

test("a conversation that somebody left holds up nothing", async () => {
  const alice = await person();
  const bob = await person();
  const carol = await person();
  await startTalking(alice, carol);
  const conversation = await startTalking(alice, bob);
  await stepUp(carol);
  await (await carol.messenger.account()).deletion.delete(carol.person.name);
  await alice.until(
    ({ conversations }) => conversations?.some(({ canSend }) => !canSend) ?? false,
    "one is closed",
  );
  await (await alice.messenger.account()).keys.renew(() => {});
  await check(alice);
  expect((await rootOf(alice)).signing.map(({ seed }) => seed !== null)).toEqual([false, true]);
  await bob.say(conversation, "and on");
  await has(alice, conversation, ["and on"]);
});

describe("the recovery code", () => {
  test("is replaced: the new one opens, the old one is refused, also after an attempt that broke off", async () => {
    const alice = await person();
    const { keys } = await alice.messenger.account();
    const before = await keys.status();
    expect(before.recoveryReminder).toBeNull();
    await keys.renew(() => {});
    expect((await keys.status()).recoveryReminder).toBe("renewed");

    await expect((await keys.prepareRecoveryCode()).commit()).rejects.toMatchObject({
      code: "step-up-required",
    });
    await stepUp(alice);
    const { fetch } = alice.platform;
    alice.platform.fetch = (path, init) =>
      path === "/api/keys/recovery" && init?.method === "PUT"
        ? Promise.reject(new TypeError("network down"))
        : fetch(path, init);
    const brokenOff = await keys.prepareRecoveryCode();
    await expect(brokenOff.commit()).rejects.toMatchObject({ code: "offline" });
    alice.platform.fetch = fetch;

    const { recoveryCode, commit } = await keys.prepareRecoveryCode();
    await commit();
    expect((await keys.status()).recoveryReminder).toBeNull();
    const profile = newProfile();
    await signInAgain(server, alice.person, profile);
    const entrance = createEntrance(nodePlatform(server.origin, profile));
    for (const old of [alice.person.recoveryCode, brokenOff.recoveryCode])
      await expect(entrance.recover(old)).rejects.toMatchObject({ code: "bad-code" });
    await entrance.recover(recoveryCode);
    // A renewal seals to the new one.
    await keys.renew(() => {});
    await profile.storage.erase(accountOf(alice));
    await entrance.recover(recoveryCode);
  });

  test("is old after a year", async () => {
    const alice = await person();
    alice.wire.clockAhead = 364 * DAY;
    const { keys } = await alice.messenger.account();
    expect((await keys.status()).recoveryReminder).toBeNull();
    alice.wire.clockAhead = 366 * DAY;
    expect((await keys.status()).recoveryReminder).toBe("old");
  });
});

describe("the self-test", () => {
  test("says what does not open and why, counts it, and finds it repaired", async () => {
    const alice = await person();
    const bob = await person();
    const conversation = await startTalking(alice, bob);
    await bob.say(conversation, "hello");
    await has(alice, conversation, ["hello"]);
    await check(alice);
    expect(alice.messenger.getState().selfTest).toMatchObject({ tested: 1, failures: [] });

    // Bob's browser has neither the key in its vault nor a box.
    const counted: string[] = [];
    const tab = nodePlatform(server.origin, bob.profile, bob.wire);
    bob.wire.answer = (path, body) => {
      if (!path.includes("/records?")) return body;
      const answer = JSON.parse(fromUtf8(body));
      const record = Buffer.from(answer.records[0], "base64url");
      record[record.length - 1] = (record.at(-1) ?? 0) ^ 1;
      return utf8(JSON.stringify({ ...answer, records: [record.toString("base64url")] }));
    };
    tab.die();
    const again = await bob.reload();
    devices.push(again);
    const { fetch } = again.platform;
    again.platform.fetch = (path, init) => {
      if (path === "/api/telemetry/open-failures") counted.push(String(init?.body));
      return fetch(path, init);
    };
    await check(again);
    expect(again.messenger.getState().selfTest?.failures).toEqual([{ conversation, cause: "broken-record" }]);
    expect(counted).toContain('{"broken-record":1}');
    bob.wire.answer = (_, body) => body;
    await check(again);
    expect(again.messenger.getState().selfTest?.failures).toEqual([]);
  });
});

test("the first recovery code stays the same over a reload, and counts once its keys are published", async () => {
  const { profile, totpSecret } = await register(server, `first${Date.now() % 100_000}`);
  const entrance = () => createEntrance(nodePlatform(server.origin, profile));
  const shown = await entrance().prepareKeys();
  const again = await entrance().prepareKeys();
  expect(again.recoveryCode).toBe(shown.recoveryCode);
  // The answer is lost; the person finishes once more, after a reload.
  const platform = nodePlatform(server.origin, profile);
  const { fetch } = platform;
  platform.fetch = async (path, init) => {
    const response = await fetch(path, init);
    if (path === "/api/keys") throw new TypeError("network down");
    return response;
  };
  await expect((await createEntrance(platform).prepareKeys()).commit()).rejects.toMatchObject({
    code: "offline",
  });
  await (await entrance().prepareKeys()).commit();
  expect(await entrance().whereTo()).toBe("messenger");
  expect(totpSecret).not.toBe("");
  const other = newProfile();
  for (const [name, value] of profile.cookies) other.cookies.set(name, value);
  await createEntrance(nodePlatform(server.origin, other)).recover(shown.recoveryCode);
});
