import { createHash } from "node:crypto";
import type { Pool, PoolConnection } from "mariadb";
import { type Bytes, equalBytes } from "../../lib/base/bytes.ts";
import type { ConversationId } from "../../lib/base/ids.ts";
import { appendMessages, type NewMessage } from "./append-messages.ts";
import { column, inPlace, isDuplicate, toId } from "./rows.ts";
import { askInTime, thenCommit } from "./transaction.ts";

/** The hot path: a batch is one transaction. */

/** A message at its place. */
export interface MessageRow {
  seq: number;
  /** Milliseconds since 1970. */
  storedAt: number;
  envelope: Bytes;
}

export type Appended =
  /** `envelope` is what stands there now: of a message that was deleted since, its hash. */
  | ({ readonly outcome: "stored" } & Readonly<MessageRow>)
  /** The id is taken by other bytes. */
  | { readonly outcome: "conflict" }
  /** A member of a conversation of two left. */
  | { readonly outcome: "closed" }
  /** Those who run the server let nothing new into the room. */
  | { readonly outcome: "archived" }
  /** A record was appended since: check again. */
  | { readonly outcome: "stale" };

/** How often a row may be in the way that nobody finds: others store and delete meanwhile, by another node. */
const TRIES = 4;
/** No envelope is that short. */
const HASH_BYTES = 32;

/** The time as a number of milliseconds (UNIX_TIMESTAMP ends in 2038): a Date of each takes longer than all else of a row. */
const COLUMNS = "seq, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', stored_at) DIV 1000 AS stored_at, envelope";

/** @param writer stores them, one batch after the other */
export function createMessages(pool: Pool, writer: Pool) {
  return {
    /**
     * Durable when it resolves; results in the order of `batch`. All or nothing on any error.
     * @param batch no id twice
     */
    async append(batch: readonly NewMessage[], now: number): Promise<Appended[]> {
      const storedAt = new Date(now);
      const before = new Map<NewMessage, MessageRow>();
      let fresh = batch;
      let seqs: readonly (number | null)[] = [];
      for (let attempt = 1; fresh.length > 0; ) {
        try {
          seqs = await thenCommit(writer, (connection) => appendMessages(connection, fresh, storedAt));
          break;
        } catch (error) {
          if (!isDuplicate(error) || attempt === TRIES) throw error;
          // Somebody sent something twice (a lost receipt). Rare, so the common path pays nothing for it.
          const repeated = await askInTime(pool, (connection) => findRepeated(connection, fresh));
          // Whoever sends much by two nodes must not use up the tries of the others: the batch ends, try by try.
          if (repeated.length === 0) attempt += 1;
          for (const [message, row] of repeated) before.set(message, row);
          fresh = batch.filter((message) => !before.has(message));
        }
      }
      let next = 0;
      const results = batch.map((message): Appended => {
        const row = before.get(message);
        if (row) {
          const same = isSame(row.envelope, message.envelope);
          return same ? { outcome: "stored", ...row } : { outcome: "conflict" };
        }
        const seq = seqs[next++] ?? null;
        if (seq === null) return { outcome: "stale" };
        return { outcome: "stored", seq, storedAt: now, envelope: message.envelope };
      });
      const refused = batch.filter((_, i) => results[i]?.outcome === "stale");
      if (refused.length === 0) return results;
      const shut = await askInTime(pool, (connection) => findShut(connection, refused));
      return results.map((result, i) => {
        const outcome = shut.get((batch[i] as NewMessage).conversation);
        return result.outcome === "stale" && outcome ? { outcome } : result;
      });
    },

    /** What is stored under this id, if it is or was these very bytes. */
    async findSame(
      message: Pick<NewMessage, "conversation" | "id" | "envelope">,
    ): Promise<MessageRow | null> {
      const [row]: Columns[] = await pool.query(
        `SELECT ${COLUMNS} FROM message WHERE conversation_id = ? AND message_id = ?`,
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
          ? `SELECT ${COLUMNS} FROM message WHERE conversation_id = ? AND seq > ? AND seq >= ? ORDER BY seq LIMIT ?`
          : `SELECT ${COLUMNS} FROM message WHERE conversation_id = ? AND seq < ? AND seq >= ? ORDER BY seq DESC LIMIT ?`,
        [column(conversation), forward ? range.after : range.before, from, limit],
      );
      const messages = rows.map(toMessage);
      return forward ? messages : messages.reverse();
    },
  };
}

interface Columns {
  seq: number;
  stored_at: number;
  envelope: Buffer;
}

function toMessage(row: Columns): MessageRow {
  return { seq: row.seq, storedAt: row.stored_at, envelope: inPlace(row.envelope) };
}

/** Of those that were refused. */
async function findShut(
  connection: PoolConnection,
  refused: readonly NewMessage[],
): Promise<Map<ConversationId, "closed" | "archived">> {
  const ids = [...new Set(refused.map((message) => message.conversation))];
  const rows: { id: Buffer; closed_at: Date | null }[] = await connection.query(
    `SELECT id, closed_at FROM conversation WHERE (closed_at IS NOT NULL OR archived) AND id IN (${ids.map(() => "?").join(", ")})`,
    ids.map(column),
  );
  return new Map(rows.map((row) => [toId(row.id), row.closed_at ? "closed" : "archived"]));
}

/** Of a message that was deleted since, its SHA-256 stands there. */
function isSame(stored: Bytes, sent: Bytes): boolean {
  if (stored === sent) return true;
  if (stored.length !== HASH_BYTES) return equalBytes(stored, sent);
  return equalBytes(stored, createHash("sha256").update(sent).digest());
}

async function findRepeated(
  connection: PoolConnection,
  batch: readonly NewMessage[],
): Promise<[NewMessage, MessageRow][]> {
  const rows: (Columns & { conversation_id: Buffer; message_id: Buffer })[] = await connection.query(
    `SELECT conversation_id, message_id, ${COLUMNS} FROM message WHERE (conversation_id, message_id) IN (${batch.map(() => "(?, ?)").join(", ")})`,
    batch.flatMap((message) => [column(message.conversation), column(message.id)]),
  );
  const byKey = new Map(batch.map((message) => [message.conversation + message.id, message]));
  return rows.map((row) => [
    byKey.get(toId(row.conversation_id) + toId(row.message_id)) as NewMessage,
    toMessage(row),
  ]);
}
