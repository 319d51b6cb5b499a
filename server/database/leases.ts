import type { Pool } from "mariadb";

/** What one server of a database does at a time. The lock is the connection's: whoever dies lets go of it. */
export function createLeases(pool: Pool) {
  return {
    /** Runs `work` unless another server of this database is at it. @param name at most 40 characters */
    async exclusively(name: string, work: () => Promise<void>): Promise<void> {
      const connection = await pool.getConnection();
      try {
        // Of one database: the name counts for the whole of MariaDB.
        const [row]: { locked: number | null }[] = await connection.query(
          "SELECT GET_LOCK(CONCAT(LEFT(DATABASE(), 20), '.', ?), 0) AS locked",
          [name],
        );
        if (Number(row?.locked) !== 1) return;
        try {
          await work();
        } finally {
          await connection.query("DO RELEASE_LOCK(CONCAT(LEFT(DATABASE(), 20), '.', ?))", [name]);
        }
      } finally {
        connection.release().catch(() => {});
      }
    },
  };
}
