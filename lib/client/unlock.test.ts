import { describe, expect, it } from "vitest";
import type { Bytes } from "../base/bytes.ts";
import { type AccountId, newId } from "../base/ids.ts";
import { unwrapDeviceSeed } from "../crypto/device-key.ts";
import { newSecretKey, type VaultKey } from "../crypto/keys.ts";
import { boxKeyFromSeed } from "../crypto/sealed-box.ts";
import { openVaultEntry, sealVaultEntry } from "../crypto/vault.ts";
import { sealVaultKey } from "../crypto/vault-key-box.ts";
import { ROOT_ENTRY } from "../protocol/layout/vault-entry.ts";
import type { Api } from "./api.ts";
import { makeFirstKeys } from "./make-keys.ts";
import type { LocalDevice, Platform } from "./platform.ts";
import { unlockWithDevice } from "./unlock.ts";
import { fetchVault, openVaultKey, type VaultAnswer } from "./vault.ts";

const account = newId<AccountId>();

type Made = Awaited<ReturnType<typeof makeFirstKeys>>;

const makeKeys = () => makeFirstKeys(account, "test", Date.now());

const boxKeyOf = async ({ local }: Made) =>
  boxKeyFromSeed(await unwrapDeviceSeed(account, local.device, local));

function answerOf({ published }: Made, change: Partial<VaultAnswer> = {}): VaultAnswer {
  return {
    identityKey: published.identityKey,
    vaultKeyVersion: 1,
    boxes: [published.device.box],
    entries: [{ id: ROOT_ENTRY, counter: 1, vaultKeyVersion: 1, ciphertext: published.rootEntry }],
    more: false,
    renewal: { due: false, months: 6 },
    ...change,
  } as VaultAnswer;
}

/** A vault that whoever knows one's public keys can make: the root of `forged` in a box for `victim`. */
async function forge(victim: Made, forged: Made, version: number): Promise<VaultAnswer> {
  const key = newSecretKey<VaultKey>();
  const place = { account, entry: ROOT_ENTRY };
  const known = await openVaultKey(answerOf(forged), account, await boxKeyOf(forged));
  if (!known) throw new Error("no box");
  const { rootEntry } = forged.published;
  const root = await openVaultEntry(known, { ...place, keyVersion: 1 }, 1, rootEntry);
  const ciphertext = await sealVaultEntry(key, { ...place, keyVersion: version }, 2, root.plaintext);
  const { publicKey } = await boxKeyOf(victim);
  return answerOf(forged, {
    vaultKeyVersion: version,
    boxes: [await sealVaultKey(publicKey, { account, keyVersion: version }, key)],
    entries: [{ id: ROOT_ENTRY, counter: 2, vaultKeyVersion: version, ciphertext }],
  } as Partial<VaultAnswer>);
}

/** A browser with this device, and a server that answers as it likes. */
function browser(device: LocalDevice) {
  const counters = new Map<string, number>();
  const server = { answer: null as VaultAnswer | null };
  const storage = {
    findDevice: async () => device,
    seenCounters: async () => new Map(counters),
    async raiseCounters(_: AccountId, raised: ReadonlyMap<string, number>) {
      for (const [name, counter] of raised) counters.set(name, counter);
    },
  };
  const api = { get: async () => server.answer } as unknown as Api;
  return {
    server,
    counters,
    unlock: () => unlockWithDevice(api, { storage } as unknown as Platform, account),
  };
}

const rootOf = (vault: { read(entry: typeof ROOT_ENTRY): Bytes | null }) => vault.read(ROOT_ENTRY);

describe("a browser's device key", () => {
  it("opens the vault it was made for", async () => {
    const own = await makeKeys();
    const { server, unlock } = browser(own.local);
    server.answer = answerOf(own);
    expect((await unlock())?.vault.identityKey).toEqual(own.published.identityKey);
  });

  it("opens no vault of an identity of the server's making, from the first time on", async () => {
    const [own, other] = await Promise.all([makeKeys(), makeKeys()]);
    const { server, unlock } = browser(own.local);
    server.answer = await forge(own, other, 1);
    await expect(unlock()).rejects.toMatchObject({ code: "wrong-certificate" });
  });

  it("takes no other writing under a counter that it has seen, nor refuses what it saw before it kept marks", async () => {
    const own = await makeKeys();
    const { server, unlock, counters } = browser(own.local);
    const key = await openVaultKey(answerOf(own), account, await boxKeyOf(own));
    if (!key) throw new Error("no box");
    const place = { account, entry: ROOT_ENTRY, keyVersion: 1 };
    const { plaintext } = await openVaultEntry(key, place, 1, own.published.rootEntry);
    const written = async (counter: number) => {
      const ciphertext = await sealVaultEntry(key, place, counter, plaintext);
      const entries = [{ id: ROOT_ENTRY, counter, vaultKeyVersion: 1, ciphertext }];
      return answerOf(own, { entries } as Partial<VaultAnswer>);
    };
    const [seen, hidden, next] = await Promise.all([written(2), written(2), written(3)]);
    server.answer = seen;
    await unlock();
    await unlock();
    server.answer = hidden;
    await expect(unlock()).rejects.toMatchObject({ code: "rolled-back" });
    for (const name of counters.keys()) if (name.startsWith("=")) counters.delete(name);
    await unlock();
    server.answer = seen;
    await expect(unlock()).rejects.toMatchObject({ code: "rolled-back" });
    server.answer = next;
    const opened = await unlock();
    await opened?.vault.refresh();
    expect(opened?.vault.entries.get(ROOT_ENTRY)?.counter).toBe(3);
  });

  it("follows no renewal that somebody else made, though the identity key is named rightly", async () => {
    const [own, other] = await Promise.all([makeKeys(), makeKeys()]);
    const { server, unlock } = browser(own.local);
    server.answer = answerOf(own);
    const opened = await unlock();
    if (!opened) throw new Error("not opened");
    const before = rootOf(opened.vault);
    const { identityKey } = own.published;
    server.answer = { ...(await forge(own, other, 2)), identityKey };
    await expect(opened.vault.refresh()).rejects.toMatchObject({ code: "wrong-certificate" });
    expect(rootOf(opened.vault)).toEqual(before);
    expect(opened.vault.keyVersion).toBe(1);
  });
});

describe("reading a vault", () => {
  const serving = (page: (asked: number) => Partial<VaultAnswer>) => {
    let asked = 0;
    const get = async () => {
      asked += 1;
      // Whoever asks for ever is to be told, not to be waited for.
      if (asked > 100) throw new Error("asked for ever");
      return { vaultKeyVersion: 1, entries: [{ id: "x" }], more: false, ...page(asked) };
    };
    return { get } as unknown as Api;
  };

  it("begins anew when it is renewed meanwhile, and gives up when that never ends", async () => {
    const renewed = serving((asked) => ({
      vaultKeyVersion: Math.min(asked, 2),
      more: asked === 1 || asked === 3,
    }));
    expect((await fetchVault(renewed)).entries).toHaveLength(2);
    const restless = serving((asked) => ({ vaultKeyVersion: asked, more: true }));
    await expect(fetchVault(restless)).rejects.toMatchObject({ code: "unavailable" });
    const endless = serving(() => ({ entries: [], more: true }));
    await expect(fetchVault(endless)).rejects.toMatchObject({ code: "internal" });
  });
});
