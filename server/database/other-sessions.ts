import type { PoolConnection } from "mariadb";
import type { AccountId, SessionId } from "../../lib/base/ids.ts";
import { column, toId } from "./rows.ts";

/** Whose sessions end, and the one that stays. */
export interface Staying {
  readonly account: AccountId;
  readonly keep: SessionId;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Within the transaction that replaces what the sessions rest on: whatever dies in between, both are done or
 * neither is. App passwords end as well: whoever may have been in may have made one.
 * @returns the sessions that ended
 */
export async function endOtherSessions(
  connection: PoolConnection,
  { account, keep, now }: Omit<Staying, "keep"> & { readonly keep: SessionId | null },
): Promise<SessionId[]> {
  const others = `account_id = ? ${keep ? "AND id <> ? " : ""}AND revoked_at IS NULL`;
  await connection.query("DELETE FROM app_password WHERE account_id = ?", [column(account)]);
  const which = [account, ...(keep ? [keep] : [])].map(column);
  const rows: { id: Buffer }[] = await connection.query(
    `SELECT id FROM session WHERE ${others} FOR UPDATE`,
    which,
  );
  await connection.query(`UPDATE session SET revoked_at = ? WHERE ${others}`, [new Date(now), ...which]);
  return rows.map(({ id }) => toId<SessionId>(id));
}
