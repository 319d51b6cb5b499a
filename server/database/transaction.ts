import { type Pool, type PoolConnection, SqlError } from "mariadb";

/** Errors after which InnoDB rolled the transaction back and the same work may simply run again. */
const DEADLOCK = new Set([1213, 1205, 1020]);
const TRIES = 4;
/** Longer than a lock is waited for. Of a machine that vanished nothing would be heard for minutes, or hours. */
const COMMIT_MS = 15_000;
/** Of the driver, where its own clock ran out. */
const SOCKET_TIMEOUT = 45026;

type Work<T> = (connection: PoolConnection) => Promise<T>;

/** Runs `work` in one transaction of the raw connector; again on a deadlock, so `work` must not have effects. */
export function inTransaction<T>(pool: Pool, work: Work<T>): Promise<T> {
  return untilDone(pool, async (connection) => {
    await connection.beginTransaction();
    return committed(connection, work);
  });
}

/**
 * The same where a transaction begins by itself (`openWriter`), and fails when the database does not answer in time. It may
 * be committed all the same then: `work` must be such that it is known when it comes again.
 */
export function thenCommit<T>(writer: Pool, work: Work<T>, milliseconds = COMMIT_MS): Promise<T> {
  return untilDone(writer, (connection) =>
    inTime(connection, () => committed(connection, work), milliseconds),
  );
}

/** What others wait for as well, and no transaction: as late as a commit it fails. */
export async function askInTime<T>(pool: Pool, question: Work<T>): Promise<T> {
  const connection = await pool.getConnection();
  try {
    return await inTime(connection, () => question(connection));
  } finally {
    connection.release().catch(() => {});
  }
}

async function untilDone<T>(pool: Pool, transaction: Work<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const connection = await pool.getConnection();
    try {
      return await transaction(connection);
    } catch (error) {
      await connection.rollback().catch(() => {});
      if (attempt === TRIES || !DEADLOCK.has((error as { errno?: number }).errno ?? 0)) throw error;
    } finally {
      connection.release().catch(() => {});
    }
  }
}

async function committed<T>(connection: PoolConnection, work: Work<T>): Promise<T> {
  const result = await work(connection);
  await connection.commit();
  return result;
}

/** Ends the connection where `work` is not done by then. */
export async function inTime<T>(
  connection: PoolConnection,
  work: () => Promise<T>,
  milliseconds = COMMIT_MS,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // What waits for an answer on it may do so for as long as TCP tries.
      connection.destroy();
      reject(new SqlError("no answer in time", undefined, true, undefined, "08S01", SOCKET_TIMEOUT));
    }, milliseconds);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
