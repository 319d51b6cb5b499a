import type { Pool, PoolConnection } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import { type AccountId, type ConversationId, ID_BYTES, type SessionId } from "../../lib/base/ids.ts";
import { type ConversationKind, toKind } from "./conversations.ts";
import { dropAllFiles } from "./drop-files.ts";
import { noteOwnerless } from "./room-ends.ts";
import { column, toId } from "./rows.ts";
import { leaveSeat } from "./seat.ts";
import { inTransaction } from "./transaction.ts";

/** A signed record by which the account leaves a conversation. */
export interface Departure {
  readonly conversation: ConversationId;
  readonly record: Bytes;
  readonly recordNumber: number;
  readonly recordHash: Bytes;
}

export interface Deletion {
  readonly account: AccountId;
  readonly departures: readonly Departure[];
  /** Of signing certificates: others verify with them what they keep. */
  readonly signingType: number;
  /** Counters that are kept under the account's name. */
  readonly throttleKeys: readonly Uint8Array[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type Deleted =
  /** "stale": a record was appended meanwhile, and a departure does not follow it. */
  | { readonly outcome: "gone" | "last-administrator" | "stale" }
  | {
      readonly outcome: "deleted";
      readonly sessions: readonly SessionId[];
      /** Where the account was a member, with those who still are. */
      readonly left: ReadonlyMap<ConversationId, Left>;
    };

export interface Left {
  readonly kind: ConversationKind;
  readonly recordNumber: number;
  readonly members: readonly AccountId[];
}

/** Whose a message was, once it is deleted. */
const NOBODY = Buffer.alloc(ID_BYTES);
const MESSAGES_AT_ONCE = 500;

/** Undoes the transaction and is its result. */
class Refusal extends Error {
  readonly outcome: "gone" | "last-administrator" | "stale";
  constructor(outcome: Refusal["outcome"]) {
    super(outcome);
    this.outcome = outcome;
  }
}

/**
 * The end of an account. First everything but its messages, in one commit: from then on it does not exist. Then the
 * content of its messages, step by step: `unfinished_deletion` remembers whose, whatever dies in between.
 */
export function createDeletions(pool: Pool) {
  return {
    async deleteAccount(deletion: Deletion): Promise<Deleted> {
      try {
        return await inTransaction(pool, (connection) => deleteAccount(connection, deletion));
      } catch (error) {
        if (error instanceof Refusal) return { outcome: error.outcome };
        throw error;
      }
    },

    async unfinished(): Promise<AccountId[]> {
      const rows: { account_id: Buffer }[] = await pool.query("SELECT account_id FROM unfinished_deletion");
      return rows.map((row) => toId<AccountId>(row.account_id));
    },

    /** When it was, in milliseconds since 1970; null where nothing is left to do. */
    async deletedAt(account: AccountId): Promise<number | null> {
      const [row]: { deleted_at: Date }[] = await pool.query(
        "SELECT deleted_at FROM unfinished_deletion WHERE account_id = ?",
        [column(account)],
      );
      return row?.deleted_at.getTime() ?? null;
    },

    /** Ends its files, and leaves the hash of each of its messages in the message's place. Running it again goes on where it ended. */
    async eraseMessages(account: AccountId): Promise<void> {
      await dropAllFiles(pool, "f.uploader_id = ?", [column(account)]);
      const conversations: { id: Buffer; last_seq: number }[] = await pool.query(
        "SELECT c.id, c.last_seq FROM conversation_member m JOIN conversation c ON c.id = m.conversation_id WHERE m.account_id = ?",
        [column(account)],
      );
      for (const { id, last_seq: last } of conversations) {
        for (let seq = 0; seq < last; seq += MESSAGES_AT_ONCE) {
          await pool.query(
            "UPDATE message SET envelope = UNHEX(SHA2(envelope, 256)), sender_id = ? WHERE conversation_id = ? AND seq > ? AND seq <= ? AND sender_id = ?",
            [NOBODY, id, seq, seq + MESSAGES_AT_ONCE, column(account)],
          );
        }
      }
    },

    /** Conversations that nobody is in any more, and what verifies the records of accounts that are in none. */
    async deleteUnreachable(account: AccountId): Promise<void> {
      const empty: { id: Buffer; last_seq: number }[] = await pool.query(
        `SELECT c.id, c.last_seq FROM conversation_member mine
           JOIN conversation c ON c.id = mine.conversation_id
          WHERE mine.account_id = ? AND NOT EXISTS
                (SELECT 1 FROM conversation_member m WHERE m.conversation_id = c.id AND m.left_at IS NULL)`,
        [column(account)],
      );
      for (const { id, last_seq: last } of empty) {
        for (let seq = 0; seq < last; seq += MESSAGES_AT_ONCE) {
          const range = [id, seq, seq + MESSAGES_AT_ONCE];
          await pool.query("DELETE FROM message WHERE conversation_id = ? AND seq > ? AND seq <= ?", range);
        }
        await dropAllFiles(pool, "f.conversation_id = ?", [id]);
        await pool.query("DELETE FROM conversation WHERE id = ?", [id]);
      }
      await pool.query(
        `DELETE f FROM former_identity f
          WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = f.account_id)
            AND NOT EXISTS (SELECT 1 FROM conversation_member m WHERE m.account_id = f.account_id)`,
      );
    },

    async finish(account: AccountId): Promise<void> {
      await pool.query("DELETE FROM unfinished_deletion WHERE account_id = ?", [column(account)]);
    },
  };
}

async function deleteAccount(connection: PoolConnection, deletion: Deletion): Promise<Deleted> {
  const { account, throttleKeys, now } = deletion;
  const own = column(account);
  const [row]: { name: string; role: string }[] = await connection.query(
    "SELECT name, role FROM account WHERE id = ? FOR UPDATE",
    [own],
  );
  if (!row) throw new Refusal("gone");
  // The last administrator who is not kept out stays as long as there is anybody to administer.
  if (row.role === "administrator" && !(await leaveSeat(connection, account)))
    throw new Refusal("last-administrator");
  const left = await leaveConversations(connection, deletion);
  if (left.size > 0) await keepSignatures(connection, deletion);
  await connection.query("DELETE FROM sign_in_challenge WHERE account_id = ? OR name = ?", [own, row.name]);
  if (throttleKeys.length > 0) {
    const marks = throttleKeys.map(() => "?").join(", ");
    await connection.query(
      `DELETE FROM throttle WHERE \`key\` IN (${marks})`,
      throttleKeys.map((key) => Buffer.from(key)),
    );
  }
  const sessions: { id: Buffer }[] = await connection.query("SELECT id FROM session WHERE account_id = ?", [
    own,
  ]);
  // What is only the account's goes with its row: every such table refers to it with ON DELETE CASCADE.
  await connection.query("DELETE FROM account WHERE id = ?", [own]);
  await connection.query("INSERT INTO unfinished_deletion (account_id, deleted_at) VALUES (?, ?)", [
    own,
    new Date(now),
  ]);
  return { outcome: "deleted", sessions: sessions.map(({ id }) => toId<SessionId>(id)), left };
}

async function leaveConversations(
  connection: PoolConnection,
  { account, departures, now }: Deletion,
): Promise<Map<ConversationId, Left>> {
  const own = column(account);
  // In id order, as messages lock them. Where no record says that it left, what was let in before is still stored after this.
  const heads: { id: Buffer; kind: string; record_number: number }[] = await connection.query(
    `SELECT c.id, c.kind, c.record_number FROM conversation_member m JOIN conversation c ON c.id = m.conversation_id
      WHERE m.account_id = ? AND m.left_at IS NULL ORDER BY c.id FOR UPDATE`,
    [own],
  );
  const numbers = new Map(heads.map((head) => [toId<ConversationId>(head.id), head.record_number]));
  if (departures.some(({ conversation, recordNumber }) => numbers.get(conversation) !== recordNumber - 1))
    throw new Refusal("stale");
  if (departures.length > 0) await storeDepartures(connection, own, departures, new Date(now));
  const others: { conversation_id: Buffer; account_id: Buffer }[] = await connection.query(
    `SELECT other.conversation_id, other.account_id FROM conversation_member mine
       JOIN conversation_member other ON other.conversation_id = mine.conversation_id
      WHERE mine.account_id = ? AND other.account_id <> ? AND other.left_at IS NULL`,
    [own, own],
  );
  const left = new Map(
    heads.map(({ id, kind, record_number }) => [
      toId<ConversationId>(id),
      { kind: toKind(kind), recordNumber: record_number, members: [] as AccountId[] },
    ]),
  );
  for (const { conversation, recordNumber } of departures)
    Object.assign(left.get(conversation) ?? {}, { recordNumber });
  for (const row of others) left.get(toId(row.conversation_id))?.members.push(toId(row.account_id));
  // A conversation of two ends with one of them; a room goes on.
  await connection.query(
    `UPDATE conversation c JOIN conversation_member m ON m.conversation_id = c.id
        SET c.closed_at = IF(c.kind = 'direct', COALESCE(c.closed_at, ?), c.closed_at),
            c.member_count = IF(m.left_at IS NULL AND c.member_count > 0, c.member_count - 1, c.member_count)
      WHERE m.account_id = ?`,
    [new Date(now), own],
  );
  await connection.query(
    "UPDATE conversation_member SET left_at = ? WHERE account_id = ? AND left_at IS NULL",
    [new Date(now), own],
  );
  await noteOwnerless(
    connection,
    heads.map(({ id }) => id),
  );
  await connection.query(
    "DELETE b FROM conversation_box b JOIN conversation_member m ON m.conversation_id = b.conversation_id AND m.account_id = b.account_id WHERE m.account_id = ?",
    [own],
  );
  return left;
}

/** All at once: messages of all these conversations wait. */
async function storeDepartures(
  connection: PoolConnection,
  author: Buffer,
  departures: readonly Departure[],
  at: Date,
): Promise<void> {
  await connection.batch(
    "INSERT INTO conversation_record (conversation_id, number, author_id, bytes, created_at) VALUES (?, ?, ?, ?, ?)",
    departures.map(({ conversation, record, recordNumber }) => [
      ...[column(conversation), recordNumber, author, Buffer.from(record), at],
    ]),
  );
  await connection.batch(
    "UPDATE conversation SET record_number = ?, record_hash = ? WHERE id = ?",
    departures.map(({ conversation, recordNumber, recordHash }) => [
      ...[recordNumber, Buffer.from(recordHash), column(conversation)],
    ]),
  );
}

/** Others go on verifying the records that they keep, under the account's number. */
async function keepSignatures(
  connection: PoolConnection,
  { account, signingType, now }: Deletion,
): Promise<void> {
  const own = column(account);
  const [{ last }]: [{ last: number }] = await connection.query(
    "SELECT COALESCE(MAX(number), 0) AS last FROM former_identity WHERE account_id = ?",
    [own],
  );
  const number = Number(last) + 1;
  await connection.query(
    "INSERT INTO former_identity (account_id, number, public_key, replaced_at) SELECT account_id, ?, public_key, ? FROM identity WHERE account_id = ?",
    [number, new Date(now), own],
  );
  await connection.query(
    "INSERT INTO former_certificate (account_id, identity, epoch, bytes) SELECT account_id, ?, epoch, bytes FROM certificate WHERE account_id = ? AND key_type = ?",
    [number, own, signingType],
  );
}
