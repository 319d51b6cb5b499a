import type { Pool } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { column, toBytes, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export interface ListedRow {
  id: ConversationId;
  name: string;
  topic: string;
  memberCount: number;
  standing: "member" | "waiting" | "banned" | "none";
}

export interface JoinRequestRow {
  account: AccountId;
  request: Bytes;
  since: number;
}

interface DirectoryColumns {
  id: Buffer;
  listed_name: string;
  listed_topic: string;
  member_count: number;
  standing: ListedRow["standing"];
}

/** Public rooms to be found, and who asks to be let into any room. */
export function createJoinRequests(pool: Pool) {
  return {
    /**
     * Public rooms whose name or topic contains the text, most members first; archived ones to their members. Where
     * there are more than that, those that are called so come before them.
     */
    async directory(account: AccountId, text: string, limit: number): Promise<ListedRow[]> {
      const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
      const listed = async (condition: string, values: string[]): Promise<DirectoryColumns[]> =>
        pool.query(
          `SELECT c.id, c.listed_name, c.listed_topic, c.member_count,
                CASE WHEN m.account_id IS NOT NULL THEN 'member' WHEN b.account_id IS NOT NULL THEN 'banned'
                     WHEN j.account_id IS NOT NULL THEN 'waiting' ELSE 'none' END AS standing
           FROM conversation c
           LEFT JOIN conversation_member m ON m.conversation_id = c.id AND m.account_id = ? AND m.left_at IS NULL
           LEFT JOIN conversation_ban b ON b.conversation_id = c.id AND b.account_id = ?
           LEFT JOIN join_request j ON j.conversation_id = c.id AND j.account_id = ?
          WHERE c.kind = 'public_room' AND (${condition})
            AND (NOT c.archived OR m.account_id IS NOT NULL)
          ORDER BY c.member_count DESC, c.id DESC LIMIT ?`,
          [...Array(3).fill(column(account)), ...values, limit],
        );
      const found = await listed("c.listed_name LIKE ? OR c.listed_topic LIKE ?", [pattern, pattern]);
      const named = found.length < limit ? [] : await listed("c.listed_name = ?", [text]);
      const rows = new Map([...named, ...found].map((row) => [toId(row.id), row]));
      return [...rows.values()].slice(0, limit).map((row) => ({
        id: toId(row.id),
        name: row.listed_name,
        topic: row.listed_topic,
        memberCount: row.member_count,
        standing: row.standing,
      }));
    },

    async isBanned(conversation: ConversationId, account: AccountId): Promise<boolean> {
      const rows: unknown[] = await pool.query(
        "SELECT 1 FROM conversation_ban WHERE conversation_id = ? AND account_id = ?",
        [column(conversation), column(account)],
      );
      return rows.length > 0;
    },

    /**
     * In place of an earlier one.
     * @returns "full" when too many wait there, or the account in too many rooms; "stale" for who was let in or banned
     * meanwhile; "gone" where the room or the account is not there any more
     */
    put: (
      conversation: ConversationId,
      { account, request, since }: JoinRequestRow,
      limits: { readonly ofRoom: number; readonly ofAccount: number },
    ): Promise<"stored" | "full" | "stale" | "gone"> =>
      inTransaction(pool, async (connection) => {
        const [id, own] = [column(conversation), column(account)];
        // The account's row orders its requests, the conversation's row those for one room and its records.
        for (const [table, row] of [
          ["account", own],
          ["conversation", id],
        ] as const) {
          const locked: unknown[] = await connection.query(
            `SELECT id FROM ${table} WHERE id = ? FOR UPDATE`,
            [row],
          );
          if (locked.length === 0) return "gone";
        }
        const [counts]: { of_room: number; of_account: number; answered: number }[] = await connection.query(
          `SELECT (SELECT COUNT(*) FROM join_request WHERE conversation_id = ? AND account_id <> ?) AS of_room,
                  (SELECT COUNT(*) FROM join_request WHERE account_id = ? AND conversation_id <> ?) AS of_account,
                  (SELECT COUNT(*) FROM conversation_member WHERE conversation_id = ? AND account_id = ? AND left_at IS NULL)
                + (SELECT COUNT(*) FROM conversation_ban WHERE conversation_id = ? AND account_id = ?) AS answered`,
          [id, own, own, id, id, own, id, own],
        );
        if (!counts || counts.answered > 0) return "stale";
        if (counts.of_room >= limits.ofRoom || counts.of_account >= limits.ofAccount) return "full";
        await connection.query(
          `INSERT INTO join_request (conversation_id, account_id, request, created_at) VALUES (?, ?, ?, ?)
           ON DUPLICATE KEY UPDATE request = VALUES(request), created_at = VALUES(created_at)`,
          [id, own, Buffer.from(request), new Date(since)],
        );
        return "stored";
      }),

    /** @param request null for whatever it says. @returns whether there was one */
    async remove(
      conversation: ConversationId,
      account: AccountId,
      request: Uint8Array | null = null,
    ): Promise<boolean> {
      const { affectedRows } = await pool.query(
        `DELETE FROM join_request WHERE conversation_id = ? AND account_id = ? ${request ? "AND request = ?" : ""}`,
        [column(conversation), column(account), ...(request ? [Buffer.from(request)] : [])],
      );
      return affectedRows > 0;
    },

    /** For one room, oldest first. */
    async list(conversation: ConversationId, notBefore: number): Promise<JoinRequestRow[]> {
      const rows: { account_id: Buffer; request: Buffer; created_at: Date }[] = await pool.query(
        "SELECT account_id, request, created_at FROM join_request WHERE conversation_id = ? AND created_at >= ? ORDER BY created_at",
        [column(conversation), new Date(notBefore)],
      );
      return rows.map((row) => ({
        account: toId(row.account_id),
        request: toBytes(row.request),
        since: row.created_at.getTime(),
      }));
    },

    /** Where an account waits; the names are of public rooms. */
    async waiting(
      account: AccountId,
      notBefore: number,
    ): Promise<{ conversation: ConversationId; name: string; since: number }[]> {
      const rows: { conversation_id: Buffer; listed_name: string | null; created_at: Date }[] =
        await pool.query(
          `SELECT j.conversation_id, c.listed_name, j.created_at FROM join_request j
             JOIN conversation c ON c.id = j.conversation_id
            WHERE j.account_id = ? AND j.created_at >= ? ORDER BY j.created_at`,
          [column(account), new Date(notBefore)],
        );
      return rows.map((row) => ({
        conversation: toId(row.conversation_id),
        name: row.listed_name ?? "",
        since: row.created_at.getTime(),
      }));
    },

    async deleteOlderThan(time: number): Promise<void> {
      await pool.query("DELETE FROM join_request WHERE created_at < ?", [new Date(time)]);
    },
  };
}
