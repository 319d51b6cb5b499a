import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "mariadb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type AccountId, type ConversationId, newId } from "../../lib/base/ids.ts";
import { createLog } from "../log.ts";
import { openPool } from "./connection.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded/embedded-database.ts";
import { createErasures } from "./erasures.ts";
import { migrate } from "./migrate.ts";
import { column } from "./rows.ts";

const AT = new Date(1_700_000_000_000);
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest();

let folder: string;
let database: EmbeddedDatabase;
let pool: Pool;
let ann: AccountId;
let ben: AccountId;
let room: ConversationId;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sceau-erasures-"));
  const log = createLog({ debug: false });
  database = await startEmbeddedDatabase({ dataFolder: folder, bufferPoolMegabytes: 64, log });
  await migrate(database, join(import.meta.dirname, "..", "..", "prisma", "migrations"), log);
  pool = openPool(database, 4);
  ann = await insertAccount("ann");
  ben = await insertAccount("ben");
});

afterAll(async () => {
  await pool?.end();
  await database?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Ann's are the odd ones. */
beforeEach(async () => {
  room = await insertRoom();
});

async function insertAccount(name: string): Promise<AccountId> {
  const id = newId<AccountId>();
  await pool.query(
    "INSERT INTO account (id, name, display_name, role, password_hash, pepper_version, totp_secret, totp_key_version, totp_last_step, created_at) VALUES (?, ?, ?, 'member', '', 1, '', 1, 0, ?)",
    [column(id), name, name, AT],
  );
  return id;
}

async function insertRoom(): Promise<ConversationId> {
  const id = newId<ConversationId>();
  await pool.query(
    "INSERT INTO conversation (id, kind, record_number, record_hash, key_epoch, last_seq, created_at) VALUES (?, 'private_room', 1, ?, 1, 4, ?)",
    [column(id), Buffer.alloc(32), AT],
  );
  for (const seq of [1, 2, 3, 4]) {
    await pool.query(
      "INSERT INTO message (conversation_id, seq, message_id, sender_id, stored_at, envelope) VALUES (?, ?, ?, ?, ?, ?)",
      [column(id), seq, column(newId()), column(seq % 2 ? ann : ben), AT, Buffer.alloc(391, seq)],
    );
  }
  return id;
}

const erase = (account: AccountId, messages: number[], moderates = false) =>
  createErasures(pool).erase({ conversation: room, account, moderates, messages }, AT.getTime());

/** Which of them are gone; of those the hash must stand there. */
async function erased(): Promise<number[]> {
  const rows: { seq: number; envelope: Buffer }[] = await pool.query(
    "SELECT seq, envelope FROM message WHERE conversation_id = ? ORDER BY seq",
    [column(room)],
  );
  expect(rows).toHaveLength(4);
  const gone = rows.filter(({ envelope }) => envelope.length === 32);
  for (const { seq, envelope } of gone) expect(envelope).toEqual(sha256(Buffer.alloc(391, Number(seq))));
  return gone.map(({ seq }) => Number(seq));
}

async function events(): Promise<string[]> {
  const rows: { kind: string; author_id: Buffer; account_id: Buffer }[] = await pool.query(
    "SELECT kind, author_id, account_id FROM moderation_event WHERE conversation_id = ? ORDER BY id",
    [column(room)],
  );
  const names = new Map([ann, ben].map((id, i) => [column(id).toString("hex"), ["ann", "ben"][i]]));
  return rows.map(
    (row) =>
      `${names.get(row.author_id.toString("hex"))} ${row.kind} ${names.get(row.account_id.toString("hex"))}`,
  );
}

describe("a member", () => {
  test("erases what is theirs, and may say so again", async () => {
    expect(await erase(ann, [1, 3])).toBe(true);
    expect(await erase(ann, [1])).toBe(true);
    expect(await erased()).toEqual([1, 3]);
    expect(await events()).toEqual([]);
  });

  test("erases of a list what is theirs and nothing else", async () => {
    expect(await erase(ann, [1, 2, 99])).toBe(true);
    expect(await erased()).toEqual([1]);
  });

  test.each([[[2]], [[2, 4]], [[99]]])("is refused %j", async (messages) => {
    expect(await erase(ann, messages)).toBe(false);
    expect(await erased()).toEqual([]);
  });
});

test("who moderates erases anybody's, and it is written down once", async () => {
  expect(await erase(ann, [1, 2, 4], true)).toBe(true);
  expect(await erased()).toEqual([1, 2, 4]);
  expect(await erase(ann, [2], true)).toBe(true);
  expect(await events()).toEqual(["ann erased ben"]);
});
