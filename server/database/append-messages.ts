import type { PoolConnection } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId, MessageId } from "../../lib/base/ids.ts";
import { describePackedRows, MOST_PACKED, PLACES, WIDTH } from "./packed-rows.ts";
import { column, compareIds, toId } from "./rows.ts";

/** What one call takes at most. */
export const MOST_APPENDED = MOST_PACKED;

export interface NewMessage {
  conversation: ConversationId;
  id: MessageId;
  sender: AccountId;
  /** The record that the sender's membership and key epoch were checked against. */
  recordNumber: number;
  envelope: Bytes;
}

/** Messages of one conversation that were checked against one record of it. */
interface Group {
  readonly conversation: ConversationId;
  readonly record: number;
  count: number;
}

/** For more the database makes a table of its own in between, which takes longer than so many statements. */
const GROUPS_ONE_BY_ONE = 16;

const group = describePackedRows<keyof Group>({
  conversation: WIDTH.id,
  record: WIDTH.counter,
  count: WIDTH.count,
});

/** `later`: how many of its group come after it. */
const message = describePackedRows({
  conversation: WIDTH.id,
  id: WIDTH.id,
  sender: WIDTH.id,
  record: WIDTH.counter,
  later: WIDTH.count,
  from: WIDTH.position,
  length: WIDTH.position,
});

/** Locks a head and moves it, if it is as it was checked. */
const MOVE_HEAD = `UPDATE conversation SET last_seq = last_seq + ?, active_day = DATE_FORMAT(?, '%Y%m%d')
  WHERE id = ? AND record_number = ? AND closed_at IS NULL AND NOT archived`;

/** Told which index, as the optimizer now and then went through all conversations for each message instead: a tenth of the speed. */
const CONVERSATION = "conversation c FORCE INDEX (PRIMARY)";

const MOVE_HEADS = `UPDATE (SELECT ? AS packed FROM seq_1_to_1) given STRAIGHT_JOIN ${PLACES}
    STRAIGHT_JOIN ${CONVERSATION} ON c.id = ${group.sql.conversation}
  SET c.last_seq = c.last_seq + ${group.sql.count}, c.active_day = DATE_FORMAT(?, '%Y%m%d')
  WHERE place.seq <= ? AND c.record_number = ${group.sql.record} AND c.closed_at IS NULL AND NOT c.archived`;

/** Counts back from the heads as they stand now, also those that did not move: what was looked at stays locked. */
const INSERT = `INSERT INTO message (conversation_id, seq, message_id, sender_id, stored_at, envelope)
  SELECT c.id, c.last_seq - ${message.sql.later}, ${message.sql.id}, ${message.sql.sender}, ?,
    SUBSTR(given.envelopes, ${message.sql.from}, ${message.sql.length})
  FROM (SELECT ? AS packed, ? AS envelopes FROM seq_1_to_1) given STRAIGHT_JOIN ${PLACES}
    STRAIGHT_JOIN ${CONVERSATION} ON c.id = ${message.sql.conversation}
  WHERE place.seq <= ? AND c.record_number = ${message.sql.record} AND c.closed_at IS NULL AND NOT c.archived
  RETURNING message_id, seq`;

/** Nothing taken apart: of a message that comes alone, that was a fifth of what storing it cost. */
const INSERT_ONE = `INSERT INTO message (conversation_id, seq, message_id, sender_id, stored_at, envelope)
  SELECT id, last_seq, ?, ?, ?, ? FROM conversation
  WHERE id = ? AND record_number = ? AND closed_at IS NULL AND NOT archived
  RETURNING message_id, seq`;

interface Inserted {
  message_id: Buffer;
  seq: number;
}

/**
 * Numbers and stores messages whose conversation still has the record they were checked against as its newest, and is
 * neither closed nor archived. Row locks make `seq` dense whichever node writes.
 * @param connection in a transaction, which the caller ends
 * @param batch no id twice
 * @returns the `seq` of each, in their order; null of those that were not stored
 */
export async function appendMessages(
  connection: PoolConnection,
  batch: readonly NewMessage[],
  storedAt: Date,
): Promise<(number | null)[]> {
  const groups = groupsOf(batch);
  // All of it is sent together: the connection answers in order, and a refusal of anything undoes everything.
  const moved = moveHeads(connection, [...new Set(groups)], storedAt);
  const [alone] = batch;
  const inserted =
    alone && batch.length === 1
      ? insertOne(connection, alone, storedAt)
      : insertAll(connection, batch, groups, storedAt);
  const [rows] = await Promise.all([inserted, moved]);
  return seqsOf(batch, rows);
}

function insertOne(
  connection: PoolConnection,
  { conversation, id, sender, recordNumber, envelope }: NewMessage,
  storedAt: Date,
): Promise<Inserted[]> {
  const bytes = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.length);
  const values = [column(id), column(sender), storedAt, bytes, column(conversation), recordNumber];
  return connection.execute(INSERT_ONE, values);
}

function insertAll(
  connection: PoolConnection,
  batch: readonly NewMessage[],
  groups: readonly Group[],
  storedAt: Date,
): Promise<Inserted[]> {
  return connection.execute(INSERT, [
    storedAt,
    message.pack(rowsOf(batch, groups)),
    Buffer.concat(batch.map(({ envelope }) => envelope)),
    batch.length,
  ]);
}

/** They come in the order of `PLACES`, which is that of the batch: so each is looked for behind the one before. */
function seqsOf(batch: readonly NewMessage[], rows: readonly Inserted[]): (number | null)[] {
  let next = 0;
  const seqs = batch.map(({ id }) => {
    const row = rows[next];
    if (!row || toId<MessageId>(row.message_id) !== id) return null;
    next += 1;
    return row.seq;
  });
  if (next < rows.length) throw new Error("rows in another order than they were given");
  return seqs;
}

/** The group of each, in their order. */
function groupsOf(batch: readonly NewMessage[]): Group[] {
  const byConversation = new Map<ConversationId, Group[]>();
  return batch.map(({ conversation, recordNumber: record }) => {
    const same = byConversation.get(conversation) ?? [];
    if (same.length === 0) byConversation.set(conversation, same);
    const known = same.find((one) => one.record === record);
    if (known) known.count += 1;
    else same.push({ conversation, record, count: 1 });
    return known ?? (same.at(-1) as Group);
  });
}

async function moveHeads(
  connection: PoolConnection,
  groups: readonly Group[],
  storedAt: Date,
): Promise<void> {
  // Everybody locks in one order.
  const sorted = groups.toSorted((a, b) => compareIds(a.conversation, b.conversation));
  if (sorted.length > GROUPS_ONE_BY_ONE) {
    await connection.execute(MOVE_HEADS, [group.pack(sorted), storedAt, sorted.length]);
  } else {
    await Promise.all(
      sorted.map(({ conversation, record, count }) =>
        connection.execute(MOVE_HEAD, [count, storedAt, column(conversation), record]),
      ),
    );
  }
}

function rowsOf(batch: readonly NewMessage[], groups: readonly Group[]) {
  const left = new Map<Group, number>();
  let from = 1;
  return batch.map(({ conversation, id, sender, recordNumber: record, envelope }, i) => {
    const own = groups[i] as Group;
    const later = (left.get(own) ?? own.count) - 1;
    left.set(own, later);
    const row = { conversation, id, sender, record, later, from, length: envelope.length };
    from += envelope.length;
    return row;
  });
}
