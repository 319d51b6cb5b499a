import { createHash } from "node:crypto";
import type { Pool, PoolConnection } from "mariadb";
import { type Bytes, equalBytes } from "../../lib/base/bytes.ts";
import { type AccountId, type ConversationId, idToBytes, type MessageId } from "../../lib/base/ids.ts";
import { isDuplicate, toBytes } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

/**
 * The hot path. A batch is one transaction: lock the conversations' rows (in id order), number the messages,
 * one multi-row insert, one update of the heads. The row lock makes `seq` dense whichever node writes.
 */

/** A message at its place. */
export interface MessageRow {
  seq: number;
  /** Milliseconds since 1970. */
  storedAt: number;
  envelope: Bytes;
}

export interface NewMessage {
  conversation: ConversationId;
  id: MessageId;
  sender: AccountId;
  /** The record that the sender's membership and key epoch were checked against. */
  recordNumber: number;
  envelope: Bytes;
}

export type Appended =
  /** `envelope` is what stands there now: of a message that was deleted since, its hash. */
  | ({ readonly outcome: "stored" } & Readonly<MessageRow>)
  /** The id is taken by other bytes. */
  | { readonly outcome: "conflict" }
  /** A member of a conversation of two left. */
  | { readonly outcome: "closed" }
  /** A record was appended since: check again. */
  | { readonly outcome: "stale" };

/** Rows of one statement at most: so many statements, by their numbers of rows, are kept prepared. */
const ROWS_PREPARED = 64;
/** No envelope is that short. */
const HASH_BYTES = 32;

const column = (id: AccountId | ConversationId | MessageId) => Buffer.from(idToBytes(id));

export function createMessages(pool: Pool) {
  return {
    /** Durable when it resolves; results in the order of `batch`. All or nothing on any error. */
    async append(batch: readonly NewMessage[], now: number): Promise<Appended[]> {
      try {
        return await inTransaction(pool, (connection) => appendNew(connection, batch, now, new Map()));
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        // Somebody sent something twice (a lost receipt). Rare, so the common path pays nothing for it.
        return inTransaction(pool, async (connection) => {
          await lockHeads(connection, batch);
          return appendNew(connection, batch, now, await findRepeated(connection, batch));
        });
      }
    },

    /** What is stored under this id, if it is or was these very bytes. */
    async findSame(
      message: Pick<NewMessage, "conversation" | "id" | "envelope">,
    ): Promise<MessageRow | null> {
      const [row]: Columns[] = await pool.query(
        "SELECT seq, stored_at, envelope FROM message WHERE conversation_id = ? AND message_id = ?",
        [column(message.conversation), column(message.id)],
      );
      const stored = row && toMessage(row);
      return stored && isSame(stored.envelope, message.envelope) ? stored : null;
    },

    /** At most `limit` messages after or before a seq, oldest first; none before `from`. */
    async page(
      conversation: ConversationId,
      range: { readonly after: number } | { readonly before: number },
      from: number,
      limit: number,
    ): Promise<MessageRow[]> {
      const forward = "after" in range;
      const rows: Columns[] = await pool.query(
        forward
          ? "SELECT seq, stored_at, envelope FROM message WHERE conversation_id = ? AND seq > ? AND seq >= ? ORDER BY seq LIMIT ?"
          : "SELECT seq, stored_at, envelope FROM message WHERE conversation_id = ? AND seq < ? AND seq >= ? ORDER BY seq DESC LIMIT ?",
        [column(conversation), forward ? range.after : range.before, from, limit],
      );
      const messages = rows.map(toMessage);
      return forward ? messages : messages.reverse();
    },
  };
}

interface Columns {
  seq: number;
  stored_at: Date;
  envelope: Buffer;
}

function toMessage(row: Columns): MessageRow {
  return { seq: row.seq, storedAt: row.stored_at.getTime(), envelope: toBytes(row.envelope) };
}

interface HeadColumns {
  id: Buffer;
  record_number: number;
  last_seq: number;
  closed_at: Date | null;
}

interface Head {
  recordNumber: number;
  lastSeq: number;
  closed: boolean;
}

async function lockHeads(
  connection: PoolConnection,
  batch: readonly NewMessage[],
): Promise<Map<string, Head>> {
  const ids = [...new Set(batch.map((message) => message.conversation))];
  const rows: HeadColumns[] = await connection.query(
    `SELECT id, record_number, last_seq, closed_at FROM conversation WHERE id IN (${ids.map(() => "?").join(", ")}) ORDER BY id FOR UPDATE`,
    ids.map(column),
  );
  return new Map(
    rows.map((row) => [
      row.id.toString("base64url"),
      { recordNumber: row.record_number, lastSeq: row.last_seq, closed: row.closed_at !== null },
    ]),
  );
}

async function appendNew(
  connection: PoolConnection,
  batch: readonly NewMessage[],
  now: number,
  known: Map<string, MessageRow>,
): Promise<Appended[]> {
  const heads = await lockHeads(connection, batch);
  const changed = new Set<ConversationId>();
  const rows: unknown[][] = [];
  const storedAt = new Date(now);
  const results = batch.map((message): Appended => {
    const head = heads.get(message.conversation);
    if (!head) return { outcome: "stale" };
    const key = `${message.conversation}${message.id}`;
    const same = known.get(key);
    if (same) {
      return isSame(same.envelope, message.envelope)
        ? { outcome: "stored", ...same }
        : { outcome: "conflict" };
    }
    if (head.closed) return { outcome: "closed" };
    if (head.recordNumber !== message.recordNumber) return { outcome: "stale" };
    const seq = ++head.lastSeq;
    changed.add(message.conversation);
    rows.push([
      column(message.conversation),
      seq,
      column(message.id),
      column(message.sender),
      storedAt,
      Buffer.from(message.envelope.buffer, message.envelope.byteOffset, message.envelope.length),
    ]);
    const row = { seq, storedAt: now, envelope: message.envelope };
    known.set(key, row);
    return { outcome: "stored", ...row };
  });
  if (rows.length > 0) {
    const cases = [...changed];
    // Sent together: the connection answers in their order, and a refusal of either undoes both.
    await Promise.all([
      insertRows(connection, rows),
      connection.query(
        `UPDATE conversation SET last_seq = CASE id ${cases.map(() => "WHEN ? THEN ?").join(" ")} END,
                active_day = DATE_FORMAT(?, '%Y%m%d') WHERE id IN (${cases.map(() => "?").join(", ")})`,
        [...cases.flatMap((id) => [column(id), heads.get(id)?.lastSeq]), storedAt, ...cases.map(column)],
      ),
    ]);
  }
  return results;
}

/** Prepared, so that envelopes travel as they are instead of escaped in text: that was half of what a message cost here. */
async function insertRows(connection: PoolConnection, rows: readonly unknown[][]): Promise<void> {
  const statements: Promise<unknown>[] = [];
  for (let i = 0; i < rows.length; i += ROWS_PREPARED) {
    const some = rows.slice(i, i + ROWS_PREPARED);
    const values = some.map(() => "(?, ?, ?, ?, ?, ?)").join(", ");
    const sql = `INSERT INTO message (conversation_id, seq, message_id, sender_id, stored_at, envelope) VALUES ${values}`;
    statements.push(connection.execute(sql, some.flat()));
  }
  await Promise.all(statements);
}

/** Of a message that was deleted since, its SHA-256 stands there. */
function isSame(stored: Bytes, sent: Bytes): boolean {
  if (stored.length !== HASH_BYTES) return equalBytes(stored, sent);
  return equalBytes(stored, createHash("sha256").update(sent).digest());
}

async function findRepeated(
  connection: PoolConnection,
  batch: readonly NewMessage[],
): Promise<Map<string, MessageRow>> {
  const rows: (Columns & { conversation_id: Buffer; message_id: Buffer })[] = await connection.query(
    `SELECT conversation_id, message_id, seq, stored_at, envelope FROM message WHERE (conversation_id, message_id) IN (${batch.map(() => "(?, ?)").join(", ")})`,
    batch.flatMap((message) => [column(message.conversation), column(message.id)]),
  );
  return new Map(
    rows.map((row) => [
      row.conversation_id.toString("base64url") + row.message_id.toString("base64url"),
      toMessage(row),
    ]),
  );
}
