import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "mariadb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AccountId, type ConversationId, newId } from "../../lib/base/ids.ts";
import { createLog } from "../log.ts";
import { openPool } from "./connection.ts";
import { createDeletions, type Departure } from "./deletions.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded/embedded-database.ts";
import { migrate } from "./migrate.ts";
import { column } from "./rows.ts";

/** Of Dana's, then of Bob's: more than one batch. */
const MESSAGES = 1_200;
const AT = new Date(1_700_000_000_000);
const NOBODY = Buffer.alloc(16);

let folder: string;
let database: EmbeddedDatabase;
let pool: Pool;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sceau-deletions-"));
  const log = createLog({ debug: false });
  database = await startEmbeddedDatabase({ dataFolder: folder, bufferPoolMegabytes: 64, log });
  await migrate(database, join(import.meta.dirname, "..", "..", "prisma", "migrations"), log);
  pool = openPool(database, 4);
});

afterAll(async () => {
  await pool?.end();
  await database?.stop();
  await rm(folder, { recursive: true, force: true });
});

const count = async (sql: string, values: unknown[]): Promise<number> =>
  Number((await pool.query(sql, values))[0].n);

async function insertAccount(name: string, role = "member"): Promise<AccountId> {
  const id = newId<AccountId>();
  await pool.query(
    "INSERT INTO account (id, name, display_name, role, password_hash, pepper_version, totp_secret, totp_key_version, totp_last_step, created_at) VALUES (?, ?, ?, ?, '', 1, '', 1, 0, ?)",
    [column(id), name, name, role, AT],
  );
  await pool.query(
    "INSERT INTO identity (account_id, public_key, vault_key_version, created_at) VALUES (?, ?, 1, ?)",
    [column(id), Buffer.alloc(32, 7), AT],
  );
  await pool.batch(
    "INSERT INTO certificate (account_id, key_type, epoch, bytes, created_at) VALUES (?, ?, ?, 'certificate', ?)",
    [
      [column(id), 1, 1, AT],
      [column(id), 2, 1, AT],
    ],
  );
  return id;
}

async function insertConversation(members: readonly AccountId[]): Promise<ConversationId> {
  const id = newId<ConversationId>();
  await pool.query(
    "INSERT INTO conversation (id, kind, record_number, record_hash, key_epoch, last_seq, created_at) VALUES (?, 'direct', 1, ?, 1, ?, ?)",
    [column(id), Buffer.alloc(32), MESSAGES, AT],
  );
  for (const member of members) {
    await pool.query(
      "INSERT INTO conversation_member (conversation_id, account_id, delivered_seq, read_seq) VALUES (?, ?, 0, 0)",
      [column(id), column(member)],
    );
    await pool.query(
      "INSERT INTO conversation_box (conversation_id, key_epoch, account_id, box) VALUES (?, 1, ?, 'box')",
      [column(id), column(member)],
    );
  }
  await pool.query(
    `INSERT INTO message (conversation_id, seq, message_id, sender_id, stored_at, envelope)
     SELECT ?, seq, UNHEX(MD5(CONCAT(HEX(?), seq))), IF(seq % 2, ?, ?), ?, REPEAT(CHAR((seq - 1) % 251), 391)
       FROM seq_1_to_${MESSAGES}`,
    [column(id), column(id), ...members.map(column), AT],
  );
  return id;
}

/** A pool whose connection breaks at the n-th statement: what was not committed is not there. */
function breakingAt(n: number): { pool: Pool; broke: () => boolean } {
  let left = n;
  const step = <A extends unknown[], R>(run: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      left -= 1;
      if (left < 0) throw Object.assign(new Error("the connection broke"), { errno: 45012 });
      return run(...args);
    };
  };
  const broken = {
    query: step(pool.query.bind(pool)),
    async getConnection() {
      const connection = await pool.getConnection();
      return {
        beginTransaction: () => connection.beginTransaction(),
        commit: step(connection.commit.bind(connection)),
        rollback: () => connection.rollback(),
        release: () => connection.release(),
        query: step(connection.query.bind(connection)),
        batch: step(connection.batch.bind(connection)),
      };
    },
  };
  return { pool: broken as unknown as Pool, broke: () => left < 0 };
}

const deletion = (account: AccountId, conversation: ConversationId) => ({
  account,
  departures: [
    { conversation, record: Buffer.from("leaving"), recordNumber: 2, recordHash: new Uint8Array(32).fill(2) },
  ],
  signingType: 1,
  throttleKeys: [new Uint8Array(32)],
  now: AT.getTime(),
});

async function finish(connections: Pool, account: AccountId): Promise<void> {
  const deletions = createDeletions(connections);
  await deletions.eraseMessages(account);
  await deletions.deleteUnreachable(account);
  await deletions.finish(account);
}

async function expectUntouched(account: AccountId, conversation: ConversationId): Promise<void> {
  const own = [column(account)];
  expect(await count("SELECT COUNT(*) AS n FROM account WHERE id = ?", own)).toBe(1);
  expect(await count("SELECT COUNT(*) AS n FROM certificate WHERE account_id = ?", own)).toBe(2);
  expect(await count("SELECT COUNT(*) AS n FROM conversation_box WHERE account_id = ?", own)).toBe(1);
  expect(await count("SELECT COUNT(*) AS n FROM message WHERE sender_id = ?", own)).toBe(MESSAGES / 2);
  const open =
    "SELECT COUNT(*) AS n FROM conversation WHERE id = ? AND closed_at IS NULL AND record_number = 1";
  expect(await count(open, [column(conversation)])).toBe(1);
}

async function expectGone(account: AccountId, conversation: ConversationId): Promise<void> {
  const own = [column(account)];
  const at = [column(conversation)];
  for (const table of ["certificate", "identity", "conversation_box", "unfinished_deletion"])
    expect(await count(`SELECT COUNT(*) AS n FROM ${table} WHERE account_id = ?`, own)).toBe(0);
  expect(await count("SELECT COUNT(*) AS n FROM account WHERE id = ?", own)).toBe(0);
  expect(await count("SELECT COUNT(*) AS n FROM message WHERE sender_id = ?", own)).toBe(0);
  const hashes =
    "SELECT COUNT(*) AS n FROM message WHERE conversation_id = ? AND LENGTH(envelope) = 32 AND sender_id = ?";
  expect(await count(hashes, [...at, NOBODY])).toBe(MESSAGES / 2);
  const right =
    "SELECT COUNT(*) AS n FROM message WHERE conversation_id = ? AND seq = 1 AND envelope = UNHEX(SHA2(?, 256))";
  expect(await count(right, [...at, Buffer.alloc(391, 0)])).toBe(1);
  expect(await count("SELECT COUNT(*) AS n FROM former_certificate WHERE account_id = ?", own)).toBe(1);
  const closed =
    "SELECT COUNT(*) AS n FROM conversation WHERE id = ? AND closed_at IS NOT NULL AND record_number = 2";
  expect(await count(closed, at)).toBe(1);
}

test("an account whose deletion breaks at any statement is there as before, or gone and erased in the end", async () => {
  let outcomes = "";
  for (let n = 0; !outcomes.endsWith("whole"); n++) {
    const dana = await insertAccount(`dana${n}`);
    const bob = await insertAccount(`bob${n}`);
    const conversation = await insertConversation([dana, bob]);
    const breaking = breakingAt(n);
    try {
      await createDeletions(breaking.pool).deleteAccount(deletion(dana, conversation));
      await finish(breaking.pool, dana);
    } catch {
      expect(breaking.broke()).toBe(true);
    }
    const waiting = await createDeletions(pool).unfinished();
    const deleted = (await count("SELECT COUNT(*) AS n FROM account WHERE id = ?", [column(dana)])) === 0;
    if (!deleted) {
      outcomes += "before ";
      expect(waiting).toEqual([]);
      await expectUntouched(dana, conversation);
    } else {
      outcomes += breaking.broke() ? "half " : "whole";
      // As at the next start; and once more, as after a start that was stopped as well.
      if (breaking.broke()) expect(waiting).toEqual([dana]);
      for (const account of [...waiting, ...waiting]) await finish(pool, account);
      await expectGone(dana, conversation);
    }
  }
  expect(outcomes).toMatch(/^(before ){10,}(half ){5,}whole$/);
}, 180_000);

test("the last one to leave takes the conversation along, and what verified it", async () => {
  const dana = await insertAccount("dana");
  const bob = await insertAccount("bob");
  const conversation = await insertConversation([dana, bob]);
  const deletions = createDeletions(pool);
  for (const account of [dana, bob]) {
    await deletions.deleteAccount({ ...deletion(account, conversation), departures: [] });
    await finish(pool, account);
  }
  const at = [column(conversation)];
  for (const table of ["message", "conversation_member", "conversation_box"])
    expect(await count(`SELECT COUNT(*) AS n FROM ${table} WHERE conversation_id = ?`, at)).toBe(0);
  expect(await count("SELECT COUNT(*) AS n FROM conversation WHERE id = ?", at)).toBe(0);
  for (const account of [dana, bob]) {
    const own = [column(account)];
    expect(await count("SELECT COUNT(*) AS n FROM former_identity WHERE account_id = ?", own)).toBe(0);
  }
});

test("each conversation gets its own record of leaving, and none does where one is stale", async () => {
  const [dana, bob] = [await insertAccount("dana.of.many"), await insertAccount("bob.of.many")];
  const rooms = [await insertConversation([dana, bob]), await insertConversation([dana, bob])];
  const departures = rooms.map(
    (conversation, i): Departure => ({
      ...{ conversation, record: Buffer.from(`leaving ${i}`), recordNumber: 2 },
      recordHash: new Uint8Array(32).fill(i),
    }),
  );
  const [first, second] = departures as [Departure, Departure];
  const leave = (list: Departure[]) =>
    createDeletions(pool).deleteAccount({ ...deletion(dana, first.conversation), departures: list });
  const records = () =>
    pool.query(
      `SELECT r.bytes, r.author_id, c.record_hash FROM conversation_record r JOIN conversation c
           ON c.id = r.conversation_id AND c.record_number = r.number
        WHERE c.id IN (?, ?) AND r.number = 2 ORDER BY r.bytes`,
      rooms.map(column),
    );
  expect(await leave([first, { ...second, recordNumber: 3 }])).toEqual({ outcome: "stale" });
  expect(await records()).toEqual([]);
  expect(await leave([first, second])).toMatchObject({ outcome: "deleted" });
  expect(await records()).toEqual(
    departures.map(({ record, recordHash }) => ({
      ...{ bytes: record, author_id: column(dana), record_hash: Buffer.from(recordHash) },
    })),
  );
  await finish(pool, dana);
});

test("a record that somebody else appended meanwhile is followed before anything is deleted", async () => {
  const dana = await insertAccount("dana.again");
  const bob = await insertAccount("bob.again");
  const conversation = await insertConversation([dana, bob]);
  await pool.query("UPDATE conversation SET record_number = 2 WHERE id = ?", [column(conversation)]);
  const outcome = await createDeletions(pool).deleteAccount(deletion(dana, conversation));
  expect(outcome).toEqual({ outcome: "stale" });
  await pool.query("UPDATE conversation SET record_number = 1 WHERE id = ?", [column(conversation)]);
  await expectUntouched(dana, conversation);
});

test("two administrators who go at once leave one of them", async () => {
  const admins = [
    await insertAccount("admin.one", "administrator"),
    await insertAccount("admin.two", "administrator"),
  ];
  await pool.query("INSERT INTO server_state (`key`, value) VALUES ('administrator', ?)", [
    column(admins[0] as AccountId),
  ]);
  const outcomes = await Promise.all(
    admins.map((account) =>
      createDeletions(pool).deleteAccount({ ...deletion(account, newId<ConversationId>()), departures: [] }),
    ),
  );
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["deleted", "last-administrator"]);
  const [{ value }]: [{ value: Buffer }] = await pool.query(
    "SELECT value FROM server_state WHERE `key` = 'administrator'",
  );
  const stays = admins[outcomes.findIndex(({ outcome }) => outcome === "last-administrator")] as AccountId;
  expect(value).toEqual(column(stays));
});
