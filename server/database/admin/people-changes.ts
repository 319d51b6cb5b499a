import type { Pool, PoolConnection } from "mariadb";
import type { AccountId, SessionId } from "../../../lib/base/ids.ts";
import type { Role } from "../accounts.ts";
import { column, toId } from "../rows.ts";
import { handSeatOver } from "../seat.ts";
import { inTransaction } from "../transaction.ts";
import { insertWarning } from "../warnings.ts";
import type { RestraintRow } from "./people.ts";

export type PersonChange =
  | { readonly outcome: "gone" | "last-administrator" }
  /** `before`: the role it had; `sessions`: those that ended. */
  | { readonly outcome: "done"; readonly before: Role; readonly sessions: readonly SessionId[] };

/** What is done to people's accounts. */
export function createPeopleChanges(pool: Pool) {
  return {
    setRole(account: AccountId, role: Role): Promise<PersonChange> {
      return inTransaction(pool, async (connection) => {
        const before = await lockAccount(connection, account);
        if (!before) return { outcome: "gone" };
        if (before === "administrator" && role !== before && !(await handSeatOver(connection, account)))
          return { outcome: "last-administrator" };
        await connection.query("UPDATE account SET role = ? WHERE id = ?", [role, column(account)]);
        return { outcome: "done", before, sessions: [] };
      });
    },

    restrain: (account: AccountId, restraint: RestraintRow): Promise<PersonChange> =>
      inTransaction(pool, (connection) => restrain(connection, account, restraint)),

    /** @returns false where there was none. */
    async lift(account: AccountId): Promise<boolean> {
      const { affectedRows } = await pool.query(`${LIFT} WHERE id = ? AND restraint IS NOT NULL`, [
        column(account),
      ]);
      return affectedRows > 0;
    },

    /** Those whose end has come. @returns whose they were */
    async liftEnded(now: number): Promise<AccountId[]> {
      const rows: { id: Buffer }[] = await pool.query(
        "SELECT id FROM account WHERE restrained_until <= ? LIMIT 1000",
        [new Date(now)],
      );
      const lifted = await Promise.all(
        rows.map(async ({ id }) => {
          const where = "WHERE id = ? AND restrained_until <= ?";
          const { affectedRows } = await pool.query(`${LIFT} ${where}`, [id, new Date(now)]);
          return affectedRows > 0 ? [toId<AccountId>(id)] : [];
        }),
      );
      return lifted.flat();
    },

    endSessions(account: AccountId, now: number): Promise<SessionId[]> {
      return inTransaction(pool, (connection) => endSessions(connection, account, now));
    },
  };
}

export type PeopleChanges = ReturnType<typeof createPeopleChanges>;

const LIFT =
  "UPDATE account SET restraint = NULL, restraint_reason = '', restrained_at = NULL, restrained_until = NULL";

/**
 * Ends every session in the same commit; one that begins meanwhile waits for the account's row, and is refused. Who is
 * muted keeps them, and is told why.
 */
export async function restrain(
  connection: PoolConnection,
  account: AccountId,
  { kind, reason, at, until }: RestraintRow,
): Promise<PersonChange> {
  const before = await lockAccount(connection, account);
  if (!before) return { outcome: "gone" };
  const keptOut = kind !== "muted";
  if (keptOut && before === "administrator" && !(await handSeatOver(connection, account)))
    return { outcome: "last-administrator" };
  await connection.query(
    "UPDATE account SET restraint = ?, restraint_reason = ?, restrained_at = ?, restrained_until = ? WHERE id = ?",
    [kind, reason, new Date(at), until === null ? null : new Date(until), column(account)],
  );
  if (keptOut) return { outcome: "done", before, sessions: await endSessions(connection, account, at) };
  if (reason) await insertWarning(connection, account, reason, at);
  return { outcome: "done", before, sessions: [] };
}

/** @returns the account's role; null when it is gone. */
export async function lockAccount(connection: PoolConnection, account: AccountId): Promise<Role | null> {
  const [row]: { role: Role }[] = await connection.query("SELECT role FROM account WHERE id = ? FOR UPDATE", [
    column(account),
  ]);
  return row?.role ?? null;
}

async function endSessions(
  connection: PoolConnection,
  account: AccountId,
  now: number,
): Promise<SessionId[]> {
  const living = "account_id = ? AND revoked_at IS NULL";
  const rows: { id: Buffer }[] = await connection.query(`SELECT id FROM session WHERE ${living} FOR UPDATE`, [
    column(account),
  ]);
  await connection.query(`UPDATE session SET revoked_at = ? WHERE ${living}`, [
    new Date(now),
    column(account),
  ]);
  return rows.map(({ id }) => toId<SessionId>(id));
}
