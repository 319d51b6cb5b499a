import type { Pool } from "mariadb";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { column, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export interface ModerationEvent {
  at: number;
  author: AccountId;
  kind: "muted" | "erased" | "profile" | "report";
  account: AccountId | null;
  until: number | null;
}

const date = (time: number | null) => (time === null ? null : new Date(time));

/** What moderators do and no record says. */
export function createModeration(pool: Pool) {
  return {
    /** @returns false when the account is no member any more */
    mute: (
      conversation: ConversationId,
      event: {
        readonly at: number;
        readonly author: AccountId;
        readonly account: AccountId;
        readonly until: number | null;
      },
    ): Promise<boolean> =>
      inTransaction(pool, async (connection) => {
        const [id, account] = [column(conversation), column(event.account)];
        const { affectedRows } = await connection.query(
          "UPDATE conversation_member SET muted_until = ? WHERE conversation_id = ? AND account_id = ? AND left_at IS NULL",
          [date(event.until), id, account],
        );
        if (affectedRows === 0) return false;
        await connection.query(
          "INSERT INTO moderation_event (conversation_id, at, author_id, kind, account_id, muted_until) VALUES (?, ?, ?, 'muted', ?, ?)",
          [id, new Date(event.at), column(event.author), account, date(event.until)],
        );
        return true;
      }),

    /** Newest first. */
    async events(conversation: ConversationId, limit: number): Promise<ModerationEvent[]> {
      const rows: {
        at: Date;
        author_id: Buffer;
        kind: ModerationEvent["kind"];
        account_id: Buffer | null;
        muted_until: Date | null;
      }[] = await pool.query(
        "SELECT at, author_id, kind, account_id, muted_until FROM moderation_event WHERE conversation_id = ? ORDER BY id DESC LIMIT ?",
        [column(conversation), limit],
      );
      return rows.map((row) => ({
        at: row.at.getTime(),
        author: toId(row.author_id),
        kind: row.kind,
        account: row.account_id && toId(row.account_id),
        until: row.muted_until?.getTime() ?? null,
      }));
    },
  };
}
