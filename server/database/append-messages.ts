import type { PoolConnection } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import { type AccountId, type ConversationId, idToBytes, type MessageId } from "../../lib/base/ids.ts";
import { describePackedRows, MOST_PACKED, PLACES, WIDTH } from "./packed-rows.ts";
import { toId } from "./rows.ts";

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
  RETURNING conversation_id, message_id, seq`;

interface Inserted {
  conversation_id: Buffer;
  message_id: Buffer;
  seq: number;
}

/**
 * Numbers and stores messages whose conversation still has the record they were checked against as its newest, and is
 * neither closed nor archived. Row locks make `seq` dense whichever node writes.
 * @param connection in a transaction, which the caller ends
 * @param batch no id twice
 * @returns the `seq` of those that were stored, by `keyOf`
 */
export async function appendMessages(
  connection: PoolConnection,
  batch: readonly NewMessage[],
  storedAt: Date,
): Promise<Map<string, number>> {
  const groups = groupsOf(batch);
  // All of it is sent together: the connection answers in order, and a refusal of anything undoes everything.
  const moved = moveHeads(connection, [...groups.values()], storedAt);
  const inserted: Promise<Inserted[]> = connection.execute(INSERT, [
    storedAt,
    message.pack(rowsOf(batch, groups)),
    Buffer.concat(batch.map(({ envelope }) => envelope)),
    batch.length,
  ]);
  const [rows] = await Promise.all([inserted, moved]);
  return new Map(
    rows.map((row) => [
      keyOf({ conversation: toId(row.conversation_id), id: toId(row.message_id) }),
      row.seq,
    ]),
  );
}

export const keyOf = ({ conversation, id }: { conversation: ConversationId; id: MessageId }): string =>
  conversation + id;

const groupKeyOf = ({ conversation, recordNumber }: NewMessage): string => conversation + recordNumber;

function groupsOf(batch: readonly NewMessage[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const one of batch) {
    const { conversation, recordNumber: record } = one;
    const known = groups.get(groupKeyOf(one));
    if (known) known.count += 1;
    else groups.set(groupKeyOf(one), { conversation, record, count: 1 });
  }
  return groups;
}

async function moveHeads(
  connection: PoolConnection,
  groups: readonly Group[],
  storedAt: Date,
): Promise<void> {
  // Everybody locks in one order.
  const sorted = groups.toSorted((a, b) => (a.conversation < b.conversation ? -1 : 1));
  if (sorted.length > GROUPS_ONE_BY_ONE) {
    await connection.execute(MOVE_HEADS, [group.pack(sorted), storedAt, sorted.length]);
  } else {
    await Promise.all(
      sorted.map(({ conversation, record, count }) =>
        connection.execute(MOVE_HEAD, [count, storedAt, Buffer.from(idToBytes(conversation)), record]),
      ),
    );
  }
}

function rowsOf(batch: readonly NewMessage[], groups: ReadonlyMap<string, Group>) {
  const left = new Map([...groups].map(([key, { count }]) => [key, count]));
  let from = 1;
  return batch.map((one) => {
    const { conversation, id, sender, recordNumber: record, envelope } = one;
    const later = (left.get(groupKeyOf(one)) ?? 0) - 1;
    left.set(groupKeyOf(one), later);
    const row = { conversation, id, sender, record, later, from, length: envelope.length };
    from += envelope.length;
    return row;
  });
}
