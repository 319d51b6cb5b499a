import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "mariadb";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Bytes } from "../../lib/base/bytes.ts";
import {
  type AccountId,
  type ConversationId,
  type DeviceId,
  type MessageId,
  newId,
  type SessionId,
} from "../../lib/base/ids.ts";
import { createLog } from "../log.ts";
import { openWriter } from "./connection.ts";
import { type Database, openDatabase } from "./database.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded/embedded-database.ts";
import { createMessages } from "./messages.ts";
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

const none = { added: [], removed: [], updated: [], banned: [], lifted: [] };

async function newConversation(
  members: readonly AccountId[],
  kind: "direct" | "private-room" = "direct",
): Promise<ConversationId> {
  const conversation = newId<ConversationId>();
  const added = members.map((account) => ({ account, role: "owner" as const }));
  const first = { conversation, kind, changes: { ...none, added } };
  expect(await database.records.create({ ...first, ...recordOf(members, 1) }, now)).toBe("stored");
  return conversation;
}

const recordOf = (members: readonly AccountId[], recordNumber: number) => ({
  author: members.at(-1) as AccountId,
  record: bytes(64),
  recordNumber,
  recordHash: bytes(32),
  keyEpoch: recordNumber,
  boxes: members.map((account) => ({ account, box: bytes(64), keyEpoch: recordNumber })),
  policy: { posting: "everyone", slowSeconds: 0, retentionSeconds: 0, history: "since-joining" } as const,
  memberLimit: 1_000,
  profile: null,
});

test("nothing is sealed to a member who left without a record", async () => {
  const [leaver, stayer] = [await newAccount(), await newAccount()];
  const conversation = await newConversation([leaver, stayer]);
  const ended = { account: leaver, departures: [], signingType: 1, throttleKeys: [], now };
  expect(await database.deletions.deleteAccount(ended)).toMatchObject({ outcome: "deleted" });
  const next = { conversation, changes: none, ...recordOf([leaver, stayer], 2) };
  expect(await database.records.append(next, now)).toBe("stale");
  expect(await database.records.share(conversation, leaver, 0)).toMatchObject({ boxes: [] });
});

/** 20 is more than are numbered one by one. */
test.each([2, 20])(
  "messages to %i conversations at once are numbered without gaps, whatever else comes with them",
  async (count) => {
    const [sender, other] = [await newAccount(), await newAccount()];
    const conversations: ConversationId[] = [];
    for (let i = 0; i < count; i += 1) conversations.push(await newConversation([other, sender]));
    const closed = await newConversation([await newAccount(), sender]);
    const [leaver] = (await database.conversations.members(closed, sender)).filter(({ id }) => id !== sender);
    const ended = { account: leaver?.id as AccountId, departures: [], signingType: 1, throttleKeys: [], now };
    expect(await database.deletions.deleteAccount(ended)).toMatchObject({ outcome: "deleted" });
    const archived = await newConversation([other, sender], "private-room");
    await database.admin.rooms.setArchived(archived, true);
    const to = (conversation: ConversationId, recordNumber = 1) => ({
      conversation,
      id: newId<MessageId>(),
      sender,
      recordNumber,
      envelope: bytes(300 + Math.floor(Math.random() * 900)),
    });
    const [first, second] = conversations as [ConversationId, ConversationId];
    const early = to(first);
    expect(await database.messages.append([early], now)).toMatchObject([{ outcome: "stored", seq: 1 }]);

    const twice = to(second);
    const batch = [
      ...conversations.map((id) => to(id)),
      to(first, 2),
      early,
      twice,
      to(closed),
      to(archived),
      ...conversations.map((id) => to(id)),
    ];
    const results = await database.messages.append(batch, now + 1);
    const again = results.splice(count, 5);
    expect(again.map(({ outcome }) => outcome)).toEqual(["stale", "stored", "stored", "closed", "archived"]);
    expect(again[1]).toEqual({ outcome: "stored", seq: 1, storedAt: now, envelope: early.envelope });
    batch.splice(count, 5);
    expect(await database.messages.append([twice, { ...early, envelope: bytes(400) }], now + 2)).toEqual([
      again[2],
      { outcome: "conflict" },
    ]);
    for (const [i, conversation] of conversations.entries()) {
      const page = await database.messages.page(conversation, { after: 0 }, 1, 10);
      expect(page.map(({ seq }) => seq)).toEqual(page.map((_, k) => k + 1));
      expect(page).toHaveLength(i < 2 ? 3 : 2);
      for (const k of [i, count + i]) {
        const result = results[k];
        if (result?.outcome !== "stored") throw new Error(result?.outcome);
        expect(page[result.seq - 1]).toEqual({
          seq: result.seq,
          storedAt: now + 1,
          envelope: batch[k]?.envelope,
        });
      }
    }
    await database.admin.rooms.setArchived(archived, false);
    expect(await database.messages.append([to(archived)], now)).toMatchObject([
      { outcome: "stored", seq: 1 },
    ]);
    // Heads follow.
    expect(await database.messages.append([to(second)], now)).toMatchObject([{ outcome: "stored", seq: 4 }]);
  },
);

test("what another node stores of a batch, again and again, does not keep the rest of it from being stored", async () => {
  const sender = await newAccount();
  const conversation = await newConversation([await newAccount(), sender]);
  const batch = Array.from({ length: 8 }, () => ({
    ...{ conversation, id: newId<MessageId>(), sender, recordNumber: 1 },
    envelope: bytes(300),
  }));
  const rest = batch.slice(0, -1);
  const storeNext = () => database.messages.append(rest.splice(0, 1), now);
  await storeNext();
  // Whenever this one has looked for what is in its way, there is more.
  const connection = {
    async query(sql: string, values: unknown) {
      const rows = await database.pool.query(sql, values);
      await storeNext();
      return rows;
    },
    release: async () => {},
  };
  const pool = { getConnection: async () => connection } as Partial<Pool>;
  const writer = openWriter(embedded);
  const results = await createMessages(pool as Pool, writer).append(batch, now + 1);
  await writer.end();
  expect(results.map((result) => "seq" in result && result.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
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

test("what takes the place of an earlier one may be written several times at once", async () => {
  const id = await newAccount();
  const hashes = Array.from({ length: 8 }, () => bytes(32));
  const pending = { totpSecret: bytes(48), totpKeyVersion: 1 };
  const picture = { contentType: "image/webp", bytes: bytes(100) };
  await Promise.all([
    ...hashes.map((hash) => database.pendingTotps.put(id, hash, pending, now + 60_000)),
    ...hashes.map((hash) => database.profiles.setPicture(id, hash.slice(0, 16), picture)),
  ]);
  const kept = await Promise.all(hashes.map((hash) => database.pendingTotps.attempt(id, hash, 10, now)));
  expect(kept.filter(Boolean)).toEqual([pending]);
  const shown = await Promise.all(hashes.map((hash) => database.profiles.findPicture(id, hash.slice(0, 16))));
  expect(shown.filter(Boolean)).toEqual([picture]);
});
