import type { Pool } from "mariadb";

/** Small facts about this server, each written once. */
export function createServerState(pool: Pool) {
  return {
    async find(key: string): Promise<Uint8Array | null> {
      const [row]: { value: Buffer }[] = await pool.query("SELECT value FROM server_state WHERE `key` = ?", [
        key,
      ]);
      return row ? new Uint8Array(row.value) : null;
    },

    /** @returns true for the one caller, on any node, that claimed the key. */
    async claim(key: string, value: Uint8Array): Promise<boolean> {
      const { affectedRows } = await pool.query(
        "INSERT IGNORE INTO server_state (`key`, value) VALUES (?, ?)",
        [key, Buffer.from(value)],
      );
      return affectedRows === 1;
    },

    async release(key: string): Promise<void> {
      await pool.query("DELETE FROM server_state WHERE `key` = ?", [key]);
    },
  };
}

export type ServerState = ReturnType<typeof createServerState>;
