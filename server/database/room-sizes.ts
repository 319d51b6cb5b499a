import type { Pool } from "mariadb";
import { u64 } from "../../lib/base/bytes.ts";
import { ByteReader } from "../../lib/base/fields.ts";

/** A room whose messages are other ones than were counted. */
export interface UncountedRoom {
  readonly id: Buffer;
  readonly createdAt: Date;
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** What was counted: from this message to that one. */
  readonly counted: RoomSize;
}

export interface RoomSize {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

interface Columns {
  id: Buffer;
  created_at: Date;
  first_seq: number;
  last_seq: number;
  sized_from_seq: number;
  sized_to_seq: number;
  stored_bytes: number;
}

/** When everything was last counted, as u64. */
const COUNTED_AT = "rooms-sized";
const PAGE = 200;

/** What the messages of rooms take up. Sending counts nothing: each message is looked at once, afterwards. */
export function createRoomSizes(pool: Pool) {
  return {
    /** In the order of their age, a page at a time. @param after the last one of the page before */
    async uncounted(
      kind: "private_room" | "public_room",
      after: Pick<UncountedRoom, "id" | "createdAt"> | null,
    ): Promise<UncountedRoom[]> {
      const place = after ? "AND (created_at > ? OR (created_at = ? AND id > ?))" : "";
      const rows: Columns[] = await pool.query(
        `SELECT id, created_at, first_seq, last_seq, sized_from_seq, sized_to_seq, stored_bytes
           FROM conversation FORCE INDEX (conversation_by_age)
          WHERE kind = ? AND closed_at IS NULL AND (sized_to_seq < last_seq OR sized_from_seq < first_seq) ${place}
          ORDER BY created_at, id LIMIT ?`,
        [kind, ...(after ? [after.createdAt, after.createdAt, after.id] : []), PAGE],
      );
      return rows.map((row) => ({
        id: row.id,
        createdAt: row.created_at,
        firstSeq: Number(row.first_seq),
        lastSeq: Number(row.last_seq),
        counted: {
          from: Number(row.sized_from_seq),
          to: Number(row.sized_to_seq),
          bytes: Number(row.stored_bytes),
        },
      }));
    },

    /** Of the messages from one place to another, both counted, with what files they hold. */
    async bytes(id: Buffer, from: number, to: number): Promise<number> {
      const [row]: { bytes: number }[] = await pool.query(
        `SELECT CAST(COALESCE(SUM(OCTET_LENGTH(envelope)), 0) AS UNSIGNED) AS bytes
           FROM message WHERE conversation_id = ? AND seq BETWEEN ? AND ?`,
        [id, from, to],
      );
      const [held]: { bytes: number }[] = await pool.query(
        `SELECT CAST(COALESCE(SUM(f.size), 0) AS UNSIGNED) AS bytes
           FROM file f JOIN message m ON m.conversation_id = f.conversation_id AND m.message_id = f.message_id
          WHERE f.conversation_id = ? AND m.seq BETWEEN ? AND ?`,
        [id, from, to],
      );
      return Number(row?.bytes ?? 0) + Number(held?.bytes ?? 0);
    },

    async write(id: Buffer, { from, to, bytes }: RoomSize): Promise<void> {
      await pool.query(
        "UPDATE conversation SET stored_bytes = ?, sized_from_seq = ?, sized_to_seq = ? WHERE id = ?",
        [bytes, from, to, id],
      );
    },

    /** When everything was last counted; null before that. */
    async countedAt(): Promise<number | null> {
      const [row]: { value: Buffer }[] = await pool.query("SELECT value FROM server_state WHERE `key` = ?", [
        COUNTED_AT,
      ]);
      return row ? new ByteReader(row.value).u64() : null;
    },

    async noteCounted(at: number): Promise<void> {
      await pool.query(
        "INSERT INTO server_state (`key`, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)",
        [COUNTED_AT, Buffer.from(u64(at))],
      );
    },
  };
}
