import type { Pool } from "mariadb";
import { compareBytes } from "../../lib/base/bytes.ts";
import { type AccountId, type ConversationId, idToBytes } from "../../lib/base/ids.ts";
import { toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export interface Receipt {
  conversation: ConversationId;
  account: AccountId;
  delivered: number;
  read: number;
}

/** How far each member has received and read. Positions only grow, and never beyond the last message. */
export function createReceipts(pool: Pool) {
  return {
    /** Stores a batch in one statement. @returns the positions as they stand now; nothing for non-members */
    advance: (receipts: readonly Receipt[]): Promise<Receipt[]> =>
      inTransaction(pool, async (connection) => {
        // In the order in which messages lock conversations.
        const batch = receipts.toSorted((a, b) =>
          compareBytes(idToBytes(a.conversation), idToBytes(b.conversation)),
        );
        const values = batch.map(() => "SELECT ? AS c, ? AS a, ? AS d, ? AS r").join(" UNION ALL ");
        await connection.query(
          `UPDATE conversation_member m
           JOIN (${values}) new ON new.c = m.conversation_id AND new.a = m.account_id
           JOIN conversation c ON c.id = m.conversation_id
            SET m.delivered_seq = GREATEST(m.delivered_seq, LEAST(new.d, c.last_seq)),
                m.read_seq = GREATEST(m.read_seq, LEAST(new.r, c.last_seq))`,
          batch.flatMap(({ conversation, account, delivered, read }) => [
            Buffer.from(idToBytes(conversation)),
            Buffer.from(idToBytes(account)),
            delivered,
            read,
          ]),
        );
        const rows: {
          conversation_id: Buffer;
          account_id: Buffer;
          delivered_seq: number;
          read_seq: number;
        }[] = await connection.query(
          `SELECT conversation_id, account_id, delivered_seq, read_seq FROM conversation_member
            WHERE (conversation_id, account_id) IN (${batch.map(() => "(?, ?)").join(", ")})`,
          batch.flatMap(({ conversation, account }) => [
            Buffer.from(idToBytes(conversation)),
            Buffer.from(idToBytes(account)),
          ]),
        );
        return rows.map((row) => ({
          conversation: toId<ConversationId>(row.conversation_id),
          account: toId<AccountId>(row.account_id),
          delivered: row.delivered_seq,
          read: row.read_seq,
        }));
      }),
  };
}
