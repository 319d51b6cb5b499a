import type { Pool } from "mariadb";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { column, compareIds, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export interface Receipt {
  conversation: ConversationId;
  account: AccountId;
  delivered: number;
  read: number;
  /** Whether the others are shown what was read. */
  shown: boolean;
}

/** How far a member has come. Times are those of the last move, in milliseconds since 1970. */
export interface Position {
  conversation: ConversationId;
  account: AccountId;
  delivered: number;
  deliveredAt: number | null;
  /** What the person's own browsers agree on. */
  read: number;
  /** What the others are shown. */
  shownRead: number;
  shownReadAt: number | null;
  /** Whether the others have anything new to hear. */
  moved: boolean;
}

const keys = (rows: readonly Pick<Receipt, "conversation" | "account">[]) =>
  rows.flatMap(({ conversation, account }) => [column(conversation), column(account)]);

/** How far each member has received and read. Positions only grow, and never beyond the last message. */
export function createReceipts(pool: Pool) {
  return {
    /** Stores a batch in one statement. @returns the positions as they stand now; nothing for non-members */
    advance: (receipts: readonly Receipt[], now: number): Promise<Position[]> =>
      inTransaction(pool, async (connection) => {
        const rows: PositionColumns[] = await connection.query(
          `SELECT m.conversation_id, m.account_id, m.delivered_seq, m.delivered_at, m.read_seq, m.shown_read_seq,
                  m.shown_read_at, c.last_seq
             FROM conversation_member m JOIN conversation c ON c.id = m.conversation_id
            WHERE (m.conversation_id, m.account_id) IN (${receipts.map(() => "(?, ?)").join(", ")})`,
          keys(receipts),
        );
        const before = new Map(rows.map((row) => [keyOf(toKey(row)), row]));
        const positions = receipts.flatMap((receipt) => {
          const row = before.get(keyOf(receipt));
          return row ? [advanced(receipt, row, now)] : [];
        });
        // Everybody locks members in one order.
        const batch = positions.toSorted(
          (a, b) => compareIds(a.conversation, b.conversation) || compareIds(a.account, b.account),
        );
        if (batch.length === 0) return [];
        const values = batch
          .map(() => "SELECT ? AS c, ? AS a, ? AS d, ? AS da, ? AS r, ? AS s, ? AS sa")
          .join(" UNION ALL ");
        await connection.query(
          `UPDATE conversation_member m
           JOIN (${values}) new ON new.c = m.conversation_id AND new.a = m.account_id
            SET m.delivered_seq = GREATEST(m.delivered_seq, new.d), m.delivered_at = new.da,
                m.read_seq = GREATEST(m.read_seq, new.r),
                m.shown_read_seq = GREATEST(m.shown_read_seq, new.s), m.shown_read_at = new.sa`,
          batch.flatMap((position) => [
            ...keys([position]),
            position.delivered,
            toDate(position.deliveredAt),
            position.read,
            position.shownRead,
            toDate(position.shownReadAt),
          ]),
        );
        return positions;
      }),
  };
}

interface PositionColumns {
  conversation_id: Buffer;
  account_id: Buffer;
  delivered_seq: number;
  delivered_at: Date | null;
  read_seq: number;
  shown_read_seq: number;
  shown_read_at: Date | null;
  last_seq: number;
}

/** Nobody can have read more than there is. */
function advanced(receipt: Receipt, row: PositionColumns, now: number): Position {
  const delivered = Math.max(row.delivered_seq, Math.min(receipt.delivered, row.last_seq));
  const read = Math.max(row.read_seq, Math.min(receipt.read, row.last_seq));
  const shownRead = receipt.shown
    ? Math.max(row.shown_read_seq, Math.min(receipt.read, row.last_seq))
    : row.shown_read_seq;
  return {
    conversation: receipt.conversation,
    account: receipt.account,
    delivered,
    deliveredAt: delivered > row.delivered_seq ? now : toMilliseconds(row.delivered_at),
    read,
    shownRead,
    shownReadAt: shownRead > row.shown_read_seq ? now : toMilliseconds(row.shown_read_at),
    moved: delivered > row.delivered_seq || shownRead > row.shown_read_seq,
  };
}

const toMilliseconds = (date: Date | null) => date?.getTime() ?? null;
const toDate = (at: number | null) => (at === null ? null : new Date(at));
const toKey = (row: PositionColumns) => ({
  conversation: toId<ConversationId>(row.conversation_id),
  account: toId<AccountId>(row.account_id),
});

/** Names a member of a conversation. */
export function keyOf({ conversation, account }: Pick<Receipt, "conversation" | "account">): string {
  return `${conversation}${account}`;
}
