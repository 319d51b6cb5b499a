import type { Pool, PoolConnection } from "mariadb";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { column, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

/** A room that lost its owners, offered to somebody who may take it over. */
export interface RoomOffer {
  readonly account: AccountId;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Of a room without an owner those who are there with the highest role that is left; in the order of an enum, which text does
 * not have. Who is kept out of the server is none of them.
 */
const HEIRS = `FROM conversation c
  JOIN conversation_member m ON m.conversation_id = c.id AND m.left_at IS NULL
   AND m.role = (SELECT h.role FROM conversation_member h FORCE INDEX (conversation_member_by_role)
                  WHERE h.conversation_id = c.id AND h.left_at IS NULL ORDER BY h.role DESC LIMIT 1)
  JOIN account a ON a.id = m.account_id AND (a.restraint IS NULL OR a.restraint = 'muted')
 WHERE c.id = ? AND c.ownerless AND c.closed_at IS NULL`;

/** Handing over a room that none of its owners is in any more: the server can only offer it, a member's record does it. */
export function createRoomOffers(pool: Pool) {
  return {
    /** Who may take a room over, by name. @param start of a name or display name; empty for all */
    async heirs(room: ConversationId, start: string, limit: number): Promise<AccountId[]> {
      const like = `${start.replace(/[\\%_]/g, "\\$&")}%`;
      const rows: { account_id: Buffer }[] = await pool.query(
        `SELECT m.account_id ${HEIRS} AND (CONVERT(a.name USING utf8mb4) LIKE ? OR a.display_name LIKE ?) ORDER BY a.display_name, a.id LIMIT ?`,
        [column(room), like, like, limit],
      );
      return rows.map(({ account_id }) => toId(account_id));
    },

    async find(room: ConversationId): Promise<RoomOffer | null> {
      const [row]: { account_id: Buffer; offered_at: Date }[] = await pool.query(
        "SELECT account_id, offered_at FROM room_offer WHERE conversation_id = ?",
        [column(room)],
      );
      return row ? { account: toId(row.account_id), at: row.offered_at.getTime() } : null;
    },

    /** In place of the one before. @returns to whom it was offered until now, or null; "not-heir" for who may not */
    make: (room: ConversationId, { account, at }: RoomOffer): Promise<AccountId | null | "not-heir"> =>
      inTransaction(pool, async (connection) => {
        // Before the room's row, as a deletion of the account locks them.
        await connection.query("SELECT id FROM account WHERE id = ? LOCK IN SHARE MODE", [column(account)]);
        await connection.query("SELECT id FROM conversation WHERE id = ? FOR UPDATE", [column(room)]);
        const heirs: unknown[] = await connection.query(`SELECT 1 ${HEIRS} AND m.account_id = ?`, [
          column(room),
          column(account),
        ]);
        if (heirs.length === 0) return "not-heir";
        const [before]: { account_id: Buffer }[] = await connection.query(
          "SELECT account_id FROM room_offer WHERE conversation_id = ?",
          [column(room)],
        );
        await connection.query(
          `INSERT INTO room_offer (conversation_id, account_id, offered_at) VALUES (?, ?, ?)
           ON DUPLICATE KEY UPDATE account_id = VALUES(account_id), offered_at = VALUES(offered_at)`,
          [column(room), column(account), new Date(at)],
        );
        return before ? toId<AccountId>(before.account_id) : null;
      }),

    /** @param account whose offer alone ends; without it anybody's. @returns whose it was, null where there was none */
    end: (room: ConversationId, account?: AccountId): Promise<AccountId | null> =>
      inTransaction(pool, async (connection) => {
        const [row]: { account_id: Buffer }[] = await connection.query(
          `SELECT account_id FROM room_offer WHERE conversation_id = ? ${account ? "AND account_id = ?" : ""} FOR UPDATE`,
          [column(room), ...(account ? [column(account)] : [])],
        );
        if (!row) return null;
        await connection.query("DELETE FROM room_offer WHERE conversation_id = ?", [column(room)]);
        return toId<AccountId>(row.account_id);
      }),
  };
}

/** Of these rooms the offers that nobody can take any more: somebody owns the room again, or the chosen one is not in it. */
export async function dropVoidOffers(connection: PoolConnection, rooms: readonly Buffer[]): Promise<void> {
  await connection.query(
    `DELETE o FROM room_offer o JOIN conversation c ON c.id = o.conversation_id
       LEFT JOIN conversation_member m
              ON m.conversation_id = o.conversation_id AND m.account_id = o.account_id AND m.left_at IS NULL
      WHERE o.conversation_id IN (${rooms.map(() => "?").join(", ")})
        AND (NOT c.ownerless OR c.closed_at IS NOT NULL OR m.account_id IS NULL)`,
    [...rooms],
  );
}
