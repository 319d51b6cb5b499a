import type { Pool } from "mariadb";
import type { AccountId, ServerInvitationId } from "../../lib/base/ids.ts";
import type { Role } from "./accounts.ts";
import { column, toId } from "./rows.ts";

/** What the form suggests to the one person it is for. */
export interface Suggested {
  name: string | null;
  displayName: string | null;
  email: string | null;
}

export interface NewInvitation extends Suggested {
  id: ServerInvitationId;
  tokenHash: Uint8Array;
  role: Role;
  note: string;
  maxUses: number;
  expiresAt: number;
}

export interface InvitationRow extends Omit<NewInvitation, "tokenHash"> {
  uses: number;
  createdAt: number;
  /** Null when that account is gone. */
  createdBy: AccountId | null;
  revokedAt: number | null;
}

/** Links by which accounts are made. Using one up is `newAccounts`' to do. */
export function createInvitations(pool: Pool) {
  async function select(rest: string, values: readonly unknown[]): Promise<InvitationRow[]> {
    const rows: Columns[] = await pool.query(
      `SELECT id, role, note, name, display_name, email, uses, max_uses, created_at, created_by, expires_at, revoked_at
         FROM invitation ${rest}`,
      [...values],
    );
    return rows.map(toRow);
  }

  return {
    /** All or none. */
    async insert(invitations: readonly NewInvitation[], by: AccountId | null, now: number): Promise<void> {
      await pool.query(
        `INSERT INTO invitation (id, token_hash, role, note, name, display_name, email, uses, max_uses,
                                 created_at, created_by, expires_at)
         VALUES ${invitations.map(() => "(?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)").join(", ")}`,
        invitations.flatMap((one) => [
          column(one.id),
          Buffer.from(one.tokenHash),
          one.role,
          one.note,
          one.name,
          one.displayName,
          one.email,
          one.maxUses,
          new Date(now),
          by && column(by),
          new Date(one.expiresAt),
        ]),
      );
    },

    /** Newest first. @param before the last one of the page before */
    list(before: ServerInvitationId | null, limit: number): Promise<InvitationRow[]> {
      return before
        ? select("WHERE id < ? ORDER BY id DESC LIMIT ?", [column(before), limit])
        : select("ORDER BY id DESC LIMIT ?", [limit]);
    },

    async find(id: ServerInvitationId): Promise<InvitationRow | null> {
      const [row] = await select("WHERE id = ?", [column(id)]);
      return row ?? null;
    },

    /** One that can be used now; null for one that is over, as for one that never was. */
    async findGood(tokenHash: Uint8Array, now: number): Promise<InvitationRow | null> {
      const [row] = await select(
        "WHERE token_hash = ? AND uses < max_uses AND revoked_at IS NULL AND expires_at > ?",
        [Buffer.from(tokenHash), new Date(now)],
      );
      return row ?? null;
    },

    /** Who came by it and is still here, latest first. */
    async usedBy(id: ServerInvitationId, limit: number): Promise<{ account: AccountId; at: number }[]> {
      const rows: { account_id: Buffer; used_at: Date }[] = await pool.query(
        "SELECT account_id, used_at FROM invitation_use WHERE invitation_id = ? ORDER BY used_at DESC LIMIT ?",
        [column(id), limit],
      );
      return rows.map(({ account_id, used_at }) => ({ account: toId(account_id), at: used_at.getTime() }));
    },

    /** @returns false where it was revoked before */
    async revoke(id: ServerInvitationId, now: number): Promise<boolean> {
      const { affectedRows } = await pool.query(
        "UPDATE invitation SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
        [new Date(now), column(id)],
      );
      return affectedRows > 0;
    },

    /** @param before those that ended earlier */
    async deleteOld(before: number): Promise<void> {
      await pool.query("DELETE FROM invitation WHERE expires_at < ? LIMIT 1000", [new Date(before)]);
    },

    /** Which of these are somebody's already. */
    async taken(
      names: readonly string[],
      emails: readonly string[],
    ): Promise<{ names: Set<string>; emails: Set<string> }> {
      const [foundNames, foundEmails] = await Promise.all([
        among(pool, "name", names),
        among(pool, "email", emails),
      ]);
      return { names: foundNames, emails: foundEmails };
    },
  };
}

export type Invitations = ReturnType<typeof createInvitations>;

async function among(pool: Pool, of: "name" | "email", values: readonly string[]): Promise<Set<string>> {
  if (values.length === 0) return new Set();
  const rows: { value: string }[] = await pool.query(
    `SELECT LOWER(${of}) AS value FROM account WHERE ${of} IN (${values.map(() => "?").join(", ")})`,
    [...values],
  );
  return new Set(rows.map(({ value }) => value));
}

interface Columns {
  id: Buffer;
  role: Role;
  note: string;
  name: string | null;
  display_name: string | null;
  email: string | null;
  uses: number;
  max_uses: number;
  created_at: Date;
  created_by: Buffer | null;
  expires_at: Date;
  revoked_at: Date | null;
}

function toRow(row: Columns): InvitationRow {
  return {
    id: toId<ServerInvitationId>(row.id),
    role: row.role,
    note: row.note,
    name: row.name,
    displayName: row.display_name,
    email: row.email,
    uses: row.uses,
    maxUses: row.max_uses,
    createdAt: row.created_at.getTime(),
    createdBy: row.created_by && toId<AccountId>(row.created_by),
    expiresAt: row.expires_at.getTime(),
    revokedAt: row.revoked_at?.getTime() ?? null,
  };
}
