import type { Pool } from "mariadb";
import { serverNow } from "../../../server/testing/clock.ts";
import type { ServerProcess } from "../../../server/testing/server-process.ts";
import { withDatabase } from "./data-folder.ts";

/** Stops the server, lets `change` write to its tables, and starts it again with the same sessions. */
export async function whileStopped(
  server: ServerProcess,
  change: (pool: Pool) => Promise<void>,
): Promise<ServerProcess> {
  await server.kill("SIGTERM");
  await withDatabase(server.dataFolder, change);
  return server.restart();
}

export async function giveRole(pool: Pool, name: string, role: string): Promise<void> {
  await pool.query("UPDATE account SET role = ? WHERE name = ?", [role, name]);
}

/** As if the newest session of an account had just proved both factors, for the next quarter of an hour. */
export async function stepUpNewest(pool: Pool, name: string): Promise<void> {
  const at = new Date(serverNow() + 10 * 60_000);
  await pool.query(
    `UPDATE session SET stepped_up_at = ?, admin_seen_at = ?
      WHERE account_id = (SELECT id FROM account WHERE name = ?) ORDER BY id DESC LIMIT 1`,
    [at, at, name],
  );
}
