import type { Pool, PoolConnection } from "mariadb";
import type { ConversationId } from "../../lib/base/ids.ts";
import { dropFilesOfMessages } from "./drop-files.ts";
import { column, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

/** One transaction's worth: it holds the row that senders lock. */
const MESSAGES_AT_ONCE = 500;
/** Longer than any policy can say. */
const FOR_EVER = 2 ** 32;

/** Of both limits the shorter. */
const SHORTER = "LEAST(IF(c.retention_seconds = 0, ?, c.retention_seconds), ?)";
/** What was stored until then has had its time. */
const OVER_BY = `CAST(? AS DATETIME(3)) - INTERVAL ${SHORTER} SECOND`;
/** Of the first message, as far as one batch. One by one: a range that depends on `c` MariaDB would read to the conversation's end. */
const THOSE_AFTER = `seq_1_to_${MESSAGES_AT_ONCE - 1} later
  STRAIGHT_JOIN message n ON n.conversation_id = c.id AND n.seq = c.first_seq + later.seq`;

/**
 * The end of messages by their time. What is left of a conversation begins at `first_seq`, and there is nothing before.
 * @param longest of all conversations, in seconds; 0 where the server has no limit of its own
 */
export function createRetentionStore(pool: Pool) {
  return {
    /**
     * Conversations whose first message is over. Where a clock that was ahead has dated that after now, also those where one is over
     * that `expire` reaches.
     */
    async due(longest: number, now: number, limit: number): Promise<ConversationId[]> {
      const over = [new Date(now), FOR_EVER, longest || FOR_EVER];
      const rows: { id: Buffer }[] = await pool.query(
        `SELECT c.id FROM conversation c JOIN message m ON m.conversation_id = c.id AND m.seq = c.first_seq
          WHERE ${longest > 0 ? "" : "c.retention_seconds > 0 AND"} (m.stored_at <= ${OVER_BY} OR m.stored_at > ? AND EXISTS
                (SELECT 1 FROM ${THOSE_AFTER} WHERE n.stored_at <= ${OVER_BY})) LIMIT ?`,
        [...over, new Date(now), ...over, limit],
      );
      return rows.map(({ id }) => toId<ConversationId>(id));
    },

    /**
     * Deletes what is over, at most one batch, up to the newest of it: where a clock went back, nothing outlives its time.
     * @returns how many messages went
     */
    expire: (conversation: ConversationId, longest: number, now: number): Promise<number> =>
      inTransaction(pool, async (connection) => {
        const id = column(conversation);
        // As messages do, the conversation's row first.
        const [head]: { first_seq: number; seconds: number }[] = await connection.query(
          `SELECT c.first_seq, ${SHORTER} AS seconds FROM conversation c WHERE c.id = ? FOR UPDATE`,
          [FOR_EVER, longest || FOR_EVER, id],
        );
        const seconds = Number(head?.seconds ?? FOR_EVER);
        if (!head || seconds === FOR_EVER) return 0;
        const first = head.first_seq;
        const [{ last }]: [{ last: number | null }] = await connection.query(
          "SELECT MAX(seq) AS last FROM message WHERE conversation_id = ? AND seq >= ? AND seq < ? AND stored_at <= ?",
          [id, first, first + MESSAGES_AT_ONCE, new Date(now - seconds * 1000)],
        );
        if (last === null) return 0;
        const next = Number(last) + 1;
        await dropFilesOfMessages(connection, id, "m.seq >= ? AND m.seq < ?", [first, next]);
        await connection.query("DELETE FROM message WHERE conversation_id = ? AND seq >= ? AND seq < ?", [
          id,
          first,
          next,
        ]);
        await connection.query("UPDATE conversation SET first_seq = ? WHERE id = ?", [next, id]);
        await dropOldBoxes(connection, id, next);
        return next - first;
      }),
  };
}

/** Sealed keys of key epochs whose last message stood before `firstSeq`. */
export async function dropOldBoxes(
  connection: PoolConnection,
  conversation: Buffer,
  firstSeq: number,
): Promise<void> {
  if (firstSeq <= 1) return;
  await connection.query(
    `DELETE FROM conversation_box WHERE conversation_id = ? AND key_epoch <=
       (SELECT COALESCE(MAX(e.key_epoch), 0) FROM conversation_key_epoch e WHERE e.conversation_id = ? AND e.last_seq < ?)`,
    [conversation, conversation, firstSeq],
  );
}
