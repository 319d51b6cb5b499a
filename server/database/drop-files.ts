import type { Pool, PoolConnection } from "mariadb";
import { inTransaction } from "./transaction.ts";

const FILES_AT_ONCE = 500;

/**
 * Ends files: from the commit on they are not there, and `file_removal` has what is still to be taken from the disk.
 * @param where about `f`, the file; may end with a limit
 * @returns how many there were
 */
export async function dropFiles(
  connection: PoolConnection,
  where: string,
  values: readonly unknown[],
): Promise<number> {
  const rows: { id: Buffer }[] = await connection.query(`SELECT f.id FROM file f WHERE ${where} FOR UPDATE`, [
    ...values,
  ]);
  return remove(connection, rows);
}

/** All of them, batch by batch. @param where about `f`, the file, without a limit */
export async function dropAllFiles(pool: Pool, where: string, values: readonly unknown[]): Promise<number> {
  let dropped = 0;
  for (let last = FILES_AT_ONCE; last === FILES_AT_ONCE; dropped += last)
    last = await inTransaction(pool, (connection) =>
      dropFiles(connection, `${where} LIMIT ${FILES_AT_ONCE}`, values),
    );
  return dropped;
}

/** Those of messages of one conversation. @param where about `m`, the message */
export async function dropFilesOfMessages(
  connection: PoolConnection,
  conversation: Buffer,
  where: string,
  values: readonly unknown[],
): Promise<void> {
  const rows: { id: Buffer }[] = await connection.query(
    `SELECT f.id FROM message m JOIN file f ON f.conversation_id = m.conversation_id AND f.message_id = m.message_id
      WHERE m.conversation_id = ? AND ${where} FOR UPDATE`,
    [conversation, ...values],
  );
  await remove(connection, rows);
}

async function remove(connection: PoolConnection, rows: readonly { readonly id: Buffer }[]): Promise<number> {
  const ids = rows.map(({ id }) => id);
  await noteRemovals(connection, ids);
  if (ids.length > 0)
    await connection.query(`DELETE FROM file WHERE id IN (${ids.map(() => "?").join(", ")})`, ids);
  return ids.length;
}

/** What is to be taken from the disk. In a transaction that sees to it that no file has these ids. @returns how many are new */
export async function noteRemovals(connection: PoolConnection, ids: readonly Buffer[]): Promise<number> {
  if (ids.length === 0) return 0;
  const { affectedRows } = await connection.query(
    `INSERT IGNORE INTO file_removal (id) VALUES ${ids.map(() => "(?)").join(", ")}`,
    [...ids],
  );
  return affectedRows;
}
