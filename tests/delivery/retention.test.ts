import type { Pool } from "mariadb";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { createApi } from "../../lib/client/api.ts";
import { createMemorySearchStore } from "../../lib/client/search/testing/memory-store.ts";
import { unlockWithDevice } from "../../lib/client/unlock.ts";
import { decodePage } from "../../lib/protocol/frames.ts";
import { putForward } from "../../server/testing/clock.ts";
import { type Device, openDevice, registerDevice, startTalking } from "../../server/testing/device.ts";
import { nodePlatform } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { databaseFiles, withDatabase } from "../security/support/data-folder.ts";

const MINUTE = 60_000;
const HOUR_S = 3_600;
const WAIT = { timeout: 45_000, interval: 100 };

let server: ServerProcess;
let alice: Device;
let bob: Device;
let conversation: ConversationId;
const index = createMemorySearchStore();

beforeAll(async () => {
  server = await startServer();
  // An administrator's session would not live through the hour.
  (await registerDevice(server, "root")).close();
  alice = await registerDevice(server, "alice");
  bob = await registerDevice(server, "bob");
  alice.profile.searchStore = () => index;
  alice = await alice.reload();
  conversation = await startTalking(alice, bob);
});

afterAll(async () => {
  for (const device of [alice, bob]) device?.close();
  await server?.dispose();
});

/** Everybody's clock, the server's too. */
async function pass(milliseconds: number): Promise<void> {
  for (const { wire } of [alice, bob]) wire.clockAhead += milliseconds;
  await putForward(milliseconds);
}

async function goOffline({ wire, platform, until }: Device): Promise<void> {
  wire.down = true;
  for (const socket of platform.sockets) socket.terminate();
  await until(({ connection }) => connection === "offline", "offline");
}

const here = ({ messenger }: Device) =>
  messenger.getState().conversations?.find(({ id }) => id === conversation);

async function sees(device: Device, texts: readonly string[]): Promise<void> {
  await device.until(() => `${device.texts(conversation)}` === `${texts}`, `${texts}`);
}

async function found(text: string): Promise<number> {
  const search = await alice.messenger.search();
  const query = {
    text,
    conversation: null,
    sender: null,
    from: null,
    before: null,
    hasLink: false,
    hasFile: false,
  };
  return (await search.find(query)).hits.length;
}

/** Of these key epochs, those whose keys are in somebody's vault. */
async function vaultKeys({ profile, wire }: Device, epochs: readonly number[]) {
  const platform = nodePlatform(server.origin, profile, wire);
  const api = createApi(platform);
  const account = (await api.renewSession(false)) as AccountId;
  const vault = (await unlockWithDevice(api, platform, account))?.vault;
  platform.die();
  const keys = await Promise.all(epochs.map((epoch) => vault?.findConversationKey(conversation, epoch)));
  return epochs.filter((_, i) => keys[i]);
}

async function ciphertexts(): Promise<Buffer[]> {
  const response = await alice.platform.fetch(`/api/conversations/${conversation}/messages?before=1000`);
  const page = decodePage(new Uint8Array(await response.arrayBuffer()));
  return page.map(({ envelope }) => Buffer.from(envelope.slice(-64)));
}

/** Every row of every table, as one text of hexadecimal bytes. */
async function dump(pool: Pool): Promise<string> {
  const tables: Record<string, string>[] = await pool.query("SHOW TABLES");
  const rows = await Promise.all(
    tables.map((table) => pool.query(`SELECT * FROM \`${Object.values(table)[0]}\``)),
  );
  return (rows.flat() as Record<string, unknown>[])
    .flatMap(Object.values)
    .map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value))).toString("hex"))
    .join(" ");
}

describe("messages that disappear", () => {
  test("are set by either of two, also at once: both see the same", async () => {
    await Promise.all([
      alice.messenger.setRetention(conversation, 7 * 86_400),
      bob.messenger.setRetention(conversation, 86_400),
    ]);
    await vi.waitFor(() => {
      expect([7 * 86_400, 86_400]).toContain(here(alice)?.retentionSeconds);
      expect(here(bob)?.retentionSeconds).toBe(here(alice)?.retentionSeconds);
    }, WAIT);
    await bob.messenger.setRetention(conversation, HOUR_S);
    for (const device of [alice, bob])
      await device.until(() => here(device)?.retentionSeconds === HOUR_S, "an hour");
  });

  test("go at their time from who is there and who is away; with them ciphertext, keys and what is found", async () => {
    await alice.say(conversation, "a heron");
    await sees(bob, ["a heron"]);
    await pass(10 * MINUTE);
    await bob.say(conversation, "an otter");
    await sees(alice, ["a heron", "an otter"]);
    await vi.waitFor(async () => expect(await found("otter")).toBe(1), WAIT);
    const kept = await ciphertexts();
    expect(kept).toHaveLength(2);
    const epochs = [1, 2];
    for (const device of [alice, bob])
      await vi.waitFor(async () => expect(await vaultKeys(device, epochs)).toEqual(epochs), WAIT);
    await goOffline(bob);

    await pass(55 * MINUTE);
    for (const device of [alice, bob]) await sees(device, ["an otter"]);
    await pass(10 * MINUTE);
    for (const device of [alice, bob]) await sees(device, []);
    expect(here(alice)).toMatchObject({ newest: null, unread: 0, alert: null });
    await vi.waitFor(async () => expect([await found("heron"), await found("otter")]).toEqual([0, 0]), WAIT);
    for (const [, part] of index.parts) expect(Buffer.from(part).toString()).not.toMatch(/heron|otter/);

    bob.wire.down = false;
    server = await server.restart();
    for (const device of [alice, bob])
      await vi.waitFor(async () => expect(await vaultKeys(device, epochs)).toEqual([]), WAIT);
    const second = await openDevice(server, bob.person, bob.profile, bob.wire);
    await second.messenger.openConversation(conversation);
    expect(second.texts(conversation)).toEqual([]);
    await alice.say(conversation, "a newt");
    for (const device of [alice, bob, second]) {
      await sees(device, ["a newt"]);
      expect(here(device)?.alert).toBeNull();
    }
    second.close();

    const living = await ciphertexts();
    expect(living).toHaveLength(1);
    await server.kill("SIGTERM");
    const rows = await withDatabase(server.dataFolder, dump);
    for (const bytes of living) expect(rows).toContain(bytes.toString("hex"));
    for (const bytes of kept) expect(rows).not.toContain(bytes.toString("hex"));
    // Of the tables: what InnoDB notes down against crashes goes with later writes (docs/operations.md).
    const files = databaseFiles(server.dataFolder).filter(({ path }) => path.endsWith(".ibd"));
    const holding = (bytes: Buffer) => files.filter((file) => file.bytes.includes(bytes)).length;
    expect(living.map(holding)).toEqual([1]);
    expect(kept.map(holding)).toEqual([0, 0]);
  });
});
