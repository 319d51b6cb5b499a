import type { Pool } from "mariadb";
import { idToBytes, newId } from "../../../lib/base/ids.ts";
import { serverNow } from "../../../server/testing/clock.ts";

/** Rooms as tables have them, without the records that browsers would ask for. @param names null for a private one */
export async function addRooms(pool: Pool, owner: string, names: readonly (string | null)[]): Promise<void> {
  for (const name of names) {
    const id = Buffer.from(idToBytes(newId()));
    await pool.query(
      `INSERT INTO conversation (id, kind, record_number, record_hash, key_epoch, last_seq, created_at, member_count, listed_name)
       VALUES (?, ?, 1, ?, 1, 0, ?, 1, ?)`,
      [id, name === null ? "private_room" : "public_room", Buffer.alloc(32), new Date(serverNow()), name],
    );
    await pool.query(
      `INSERT INTO conversation_member (conversation_id, account_id, role, delivered_seq, read_seq)
       SELECT ?, id, 'owner', 0, 0 FROM account WHERE name = ?`,
      [id, owner],
    );
  }
}
