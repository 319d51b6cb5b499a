import type { Pool, PoolConnection } from "mariadb";

/** Errors after which InnoDB rolled the transaction back and the same work may simply run again. */
const DEADLOCK = new Set([1213, 1205, 1020]);
const TRIES = 4;

type Work<T> = (connection: PoolConnection) => Promise<T>;

/** Runs `work` in one transaction of the raw connector; again on a deadlock, so `work` must not have effects. */
export function inTransaction<T>(pool: Pool, work: Work<T>): Promise<T> {
  return thenCommit(pool, async (connection) => {
    await connection.beginTransaction();
    return work(connection);
  });
}

/** The same where a transaction begins by itself (`openWriter`). */
export async function thenCommit<T>(writer: Pool, work: Work<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const connection = await writer.getConnection();
    try {
      const result = await work(connection);
      await connection.commit();
      return result;
    } catch (error) {
      await connection.rollback().catch(() => {});
      if (attempt === TRIES || !DEADLOCK.has((error as { errno?: number }).errno ?? 0)) throw error;
    } finally {
      connection.release().catch(() => {});
    }
  }
}
