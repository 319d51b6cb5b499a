import type { Pool, PoolConnection } from "mariadb";
import { inTime } from "./transaction.ts";

/** Of this database: a lock's name counts for the whole of MariaDB, and has 64 characters at most. */
const LOCK = "CONCAT(LEFT(SHA1(DATABASE()), 20), '.', ?)";

/** After so long without a word MariaDB ends the connection; by itself it would wait for hours. */
const SILENT_SECONDS = 60;

/**
 * What one server of a database does at a time. A lock is its connection's: whoever dies lets go of it, at once, or after
 * `silentSeconds` where the whole machine vanished.
 */
export function createLeases(pool: Pool, silentSeconds = SILENT_SECONDS) {
  const held = new Set<string>();
  /** One for all of them: what is done under a lease takes connections of the same pool. */
  let shared: Promise<PoolConnection> | null = null;

  async function open(): Promise<PoolConnection> {
    const connection = await pool.getConnection();
    try {
      await inTime(connection, () => connection.query("SET wait_timeout = ?", [silentSeconds]));
    } catch (error) {
      connection.destroy();
      throw error;
    }
    const beat = setInterval(async () => {
      if ((await shared?.catch(() => null)) !== connection) clearInterval(beat);
      // Where it is broken, the next question of a lease says so.
      else connection.ping().catch(() => {});
    }, silentSeconds * 250);
    beat.unref();
    return connection;
  }

  /** What else the pool uses it for may be silent for as long as it likes. */
  async function giveBack(connection: PoolConnection): Promise<void> {
    try {
      await inTime(connection, () => connection.query("SET wait_timeout = DEFAULT"));
      await connection.release();
    } catch {
      connection.destroy();
    }
  }

  async function ask<Answer>(connection: PoolConnection, sql: string, name: string): Promise<Answer> {
    try {
      return await inTime(connection, () => connection.query(sql, [name]));
    } catch (error) {
      // With the connection its locks are gone; no later lease is to rest on it.
      if ((await shared) === connection) shared = null;
      connection.destroy();
      throw error;
    }
  }

  async function letGo(name: string): Promise<void> {
    held.delete(name);
    if (held.size > 0) return;
    const connection = shared;
    shared = null;
    await connection?.then(giveBack).catch(() => {});
  }

  return {
    /** Runs `work` unless this or another server of this database is at it. @param name at most 40 characters */
    async exclusively(name: string, work: () => Promise<void>): Promise<void> {
      // MariaDB would give one connection the same lock twice.
      if (held.has(name)) return;
      held.add(name);
      try {
        shared ??= open();
        const connection = await shared;
        const [row] = await ask<{ locked: number | null }[]>(
          connection,
          `SELECT GET_LOCK(${LOCK}, 0) AS locked`,
          name,
        );
        if (Number(row?.locked) !== 1) return;
        try {
          await work();
        } finally {
          await ask(connection, `DO RELEASE_LOCK(${LOCK})`, name);
        }
      } finally {
        await letGo(name);
      }
    },
  };
}
