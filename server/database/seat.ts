import type { PoolConnection } from "mariadb";
import type { AccountId } from "../../lib/base/ids.ts";
import { column } from "./rows.ts";

/**
 * The row of `server_state` that names an administrator, empty before the first. Whatever takes an administrator away holds
 * it: of any number of such changes at once, one account is left that can undo them.
 */
export const SEAT = "administrator";

/** @returns false when no other administrator could take the seat: one who is kept out cannot. */
export async function handSeatOver(connection: PoolConnection, account: AccountId): Promise<boolean> {
  const own = column(account);
  await connection.query("SELECT value FROM server_state WHERE `key` = ? FOR UPDATE", [SEAT]);
  const [other]: { id: Buffer }[] = await connection.query(
    "SELECT id FROM account WHERE role = 'administrator' AND restraint IS NULL AND id <> ? LIMIT 1",
    [own],
  );
  if (!other) return false;
  await connection.query("UPDATE server_state SET value = ? WHERE `key` = ? AND value = ?", [
    other.id,
    SEAT,
    own,
  ]);
  return true;
}

/** Hands it over, or leaves it empty with nobody left to administer. @returns false when the account has to stay */
export async function leaveSeat(connection: PoolConnection, account: AccountId): Promise<boolean> {
  if (await handSeatOver(connection, account)) return true;
  const [other]: unknown[] = await connection.query("SELECT id FROM account WHERE id <> ? LIMIT 1", [
    column(account),
  ]);
  if (other) return false;
  await connection.query("DELETE FROM server_state WHERE `key` = ?", [SEAT]);
  return true;
}
