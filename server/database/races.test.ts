import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Bytes } from "../../lib/base/bytes.ts";
import {
  type AccountId,
  type ConversationId,
  type DeviceId,
  newId,
  type SessionId,
} from "../../lib/base/ids.ts";
import { createLog } from "../log.ts";
import { type Database, openDatabase } from "./database.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded/embedded-database.ts";
import { migrate } from "./migrate.ts";

/** What was read a moment ago and is not so any more when it is written. */
const log = createLog({ debug: false });
const now = Date.now();
let folder: string;
let embedded: EmbeddedDatabase;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sceau-races-"));
  embedded = await startEmbeddedDatabase({ dataFolder: folder, bufferPoolMegabytes: 64, log });
  await migrate(embedded, join(import.meta.dirname, "..", "..", "prisma", "migrations"), log);
  database = openDatabase(embedded, 2);
});

afterAll(async () => {
  await database?.close();
  await embedded?.stop();
  await rm(folder, { recursive: true, force: true });
});

const bytes = (length: number): Bytes => new Uint8Array(randomBytes(length));

async function newAccount(): Promise<AccountId> {
  const id = newId<AccountId>();
  await database.newAccounts.insert(
    {
      id,
      name: id.toLowerCase(),
      displayName: "Test",
      role: "member",
      passwordHash: "the first",
      pepperVersion: 1,
      totpSecret: bytes(48),
      totpKeyVersion: 1,
      totpLastStep: 0,
    },
    now,
  );
  return id;
}

async function newSession(account: AccountId): Promise<SessionId> {
  const id = newId<SessionId>();
  await database.sessions.insert({
    id,
    secretHash: bytes(32),
    accountId: account,
    deviceId: null,
    appPasswordId: null,
    address: "192.0.2.1",
    agent: "test",
    suspicion: "",
    noticedId: 0,
    createdAt: now,
    lastSeenAt: now,
    authenticatedAt: now,
    endsAt: now + 60_000,
  });
  return id;
}

test("an old password that is hashed anew does not come back over the one that replaced it", async () => {
  const account = await newAccount();
  const keep = await newSession(account);
  await database.credentialChanges.setPassword(
    { account, keep, now },
    { passwordHash: "the second", pepperVersion: 1 },
  );
  const late = { passwordHash: "the first, anew", pepperVersion: 2 };
  await database.accounts.replacePasswordHash(account, "the first", late);
  expect((await database.accounts.findById(account))?.passwordHash).toBe("the second");
  await database.accounts.replacePasswordHash(account, "the second", late);
  expect(await database.accounts.findById(account)).toMatchObject(late);
});

test("a session that is tied to a device is tied to no other by its word", async () => {
  const session = await newSession(await newAccount());
  const [own, other] = [newId<DeviceId>(), newId<DeviceId>()];
  expect(await database.sessions.keepDevice(session, own)).toBe(true);
  expect(await database.sessions.keepDevice(session, own)).toBe(true);
  expect(await database.sessions.keepDevice(session, other)).toBe(false);
  expect((await database.sessions.find(session))?.deviceId).toBe(own);
});

test("nothing is sealed to a member who left without a record", async () => {
  const [leaver, stayer] = [await newAccount(), await newAccount()];
  const conversation = newId<ConversationId>();
  const boxesOf = (...members: AccountId[]) => members.map((account) => ({ account, box: bytes(64) }));
  const record = (recordNumber: number) => ({
    author: stayer,
    record: bytes(64),
    recordNumber,
    recordHash: bytes(32),
    keyEpoch: recordNumber,
    boxes: boxesOf(leaver, stayer).map((box) => ({ ...box, keyEpoch: recordNumber })),
    policy: { posting: "everyone", slowSeconds: 0, retentionSeconds: 0, history: "since-joining" } as const,
    memberLimit: 1_000,
    profile: null,
  });
  const none = { added: [], removed: [], updated: [], banned: [], lifted: [] };
  const added = [leaver, stayer].map((account) => ({ account, role: "owner" as const }));
  const first = { conversation, kind: "direct" as const, changes: { ...none, added }, ...record(1) };
  expect(await database.records.create(first, now)).toBe("stored");
  const ended = { account: leaver, departures: [], signingType: 1, throttleKeys: [], now };
  expect(await database.deletions.deleteAccount(ended)).toMatchObject({ outcome: "deleted" });
  const next = { conversation, changes: none, ...record(2) };
  expect(await database.records.append(next, now)).toBe("stale");
  expect(await database.records.boxes(conversation, leaver, 0)).toEqual([]);
});

test("what waits for its turn takes no connection from what is done in turn", async () => {
  const done: string[] = [];
  const work = (name: string) =>
    database.leases.exclusively(name, async () => {
      await database.accounts.isNameTaken(name);
      await database.state.find(name);
      done.push(name);
    });
  // Of the two connections there are, each would hold one.
  await Promise.all(["one", "another", "a third"].map(work));
  expect(done.sort()).toEqual(["a third", "another", "one"]);
  await work("one");
  expect(done).toHaveLength(4);
});
