import type { PoolConnection } from "mariadb";
import { dropVoidOffers } from "./room-offers.ts";

/** Nobody is in the room from then on, and nothing is written there. In a transaction that holds its row. */
export async function closeRoom(connection: PoolConnection, id: Buffer, at: Date): Promise<void> {
  await connection.query(
    "UPDATE conversation SET closed_at = ?, listed_name = NULL, listed_topic = NULL WHERE id = ?",
    [at, id],
  );
  await connection.query(
    "UPDATE conversation_member SET left_at = ? WHERE conversation_id = ? AND left_at IS NULL",
    [at, id],
  );
  await dropVoidOffers(connection, [id]);
}

/** After somebody left one of these, or became something else there: whether any of the owners is still in it. */
export async function noteOwnerless(connection: PoolConnection, rooms: readonly Buffer[]): Promise<void> {
  if (rooms.length === 0) return;
  await connection.query(
    `UPDATE conversation c SET c.ownerless = c.kind <> 'direct' AND NOT EXISTS
       (SELECT 1 FROM conversation_member o
         WHERE o.conversation_id = c.id AND o.role = 'owner' AND o.left_at IS NULL)
      WHERE c.id IN (${rooms.map(() => "?").join(", ")})`,
    [...rooms],
  );
  await dropVoidOffers(connection, rooms);
}
