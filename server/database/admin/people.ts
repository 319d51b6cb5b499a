import type { Pool } from "mariadb";
import { toBase64url } from "../../../lib/base/encoding.ts";
import type { AccountId } from "../../../lib/base/ids.ts";
import { type AccountRestraint, ASCII, type Person, type Role } from "../accounts.ts";
import { column, toId } from "../rows.ts";

export interface RestraintRow extends AccountRestraint {
  at: number;
}

export interface PersonRow extends Person {
  email: string | null;
  role: Role;
  createdAt: number;
  lastActiveDay: number;
  hasKeys: boolean;
  mayUseAppPasswords: boolean;
  restraint: RestraintRow | null;
}

/** Those alike in one column; null for everybody. */
export type PeopleFilter =
  | { readonly column: "role"; readonly value: Role }
  | { readonly column: "restraint"; readonly value: AccountRestraint["kind"] }
  | { readonly column: "keyless"; readonly value: 1 }
  | null;
/** Days (yyyymmdd) on one of which somebody was last here; null for any. */
export type LastActive = { readonly from: number; readonly to: number } | null;
export type PeopleSort = "name" | "created" | "active";

export interface PeopleOrder {
  readonly filter: PeopleFilter;
  /** Only where `sort` is "active". */
  readonly lastActive: LastActive;
  readonly sort: PeopleSort;
  readonly descending: boolean;
}

/** The last row of the page before. @param value what it is sorted by */
export interface PeoplePlace {
  readonly value: string | number;
  readonly id: AccountId;
}

const COLUMNS = { name: "a.name", created: "a.created_at", active: "a.last_active_day" } as const;
/** One for each order, so that a page costs as many rows as it has. */
const INDEXES = {
  everybody: { name: "account_name", created: "account_by_age", active: "account_by_active_day" },
  role: { name: "account_by_role", created: "account_by_role_and_age", active: "account_by_role_and_day" },
  restraint: {
    name: "account_by_restraint",
    created: "account_by_restraint_and_age",
    active: "account_by_restraint_and_day",
  },
  keyless: {
    name: "account_keyless",
    created: "account_keyless_by_age",
    active: "account_keyless_by_day",
  },
} as const;

const SELECT = `SELECT a.id, a.name, a.display_name, a.status, a.email, a.role, a.created_at, a.last_active_day,
       a.restraint, a.restraint_reason, a.restrained_at, a.restrained_until, a.app_passwords, p.hash AS picture,
       i.account_id IS NOT NULL AS has_keys`;
const JOINS =
  "LEFT JOIN account_picture p ON p.account_id = a.id LEFT JOIN identity i ON i.account_id = a.id";

export function createPeopleTables(pool: Pool) {
  /** All that is shown of them, in the same order. Apart from finding them: that is done in an index alone. */
  async function details(found: readonly { id: Buffer }[]): Promise<PersonRow[]> {
    if (found.length === 0) return [];
    const rows: Columns[] = await pool.query(
      `${SELECT} FROM account a ${JOINS} WHERE a.id IN (${found.map(() => "?").join(", ")})`,
      found.map(({ id }) => id),
    );
    const byId = new Map(rows.map((row) => [row.id.toString("hex"), toRow(row)]));
    return found.flatMap(({ id }) => byId.get(id.toString("hex")) ?? []);
  }

  return {
    /** A page of people. @param after the last row of the page before */
    async list(order: PeopleOrder, after: PeoplePlace | null, limit: number): Promise<PersonRow[]> {
      const { sql, values } = pageQuery(order, after, limit);
      return details(await pool.query(sql, values));
    },

    /** By the start of a name, a display name or an e-mail address; by name. */
    async search(
      text: string,
      filter: PeopleFilter,
      lastActive: LastActive,
      limit: number,
    ): Promise<PersonRow[]> {
      const start = `${text.replace(/[\\%_]/g, "\\$&")}%`;
      const { condition, values } = conditionOf(filter, lastActive);
      const columns = ASCII.test(text) ? ["name", "display_name", "email"] : ["display_name"];
      const arms = columns.map(
        (column) => `(SELECT a.id, a.name FROM account a FORCE INDEX (account_${column})
           WHERE a.${column} LIKE ? AND ${condition} ORDER BY a.${column} LIMIT ?)`,
      );
      return details(
        await pool.query(`${arms.join(" UNION ")} ORDER BY name LIMIT ?`, [
          ...columns.flatMap(() => [start, ...values, limit]),
          limit,
        ]),
      );
    },

    async find(id: AccountId): Promise<PersonRow | null> {
      const [row]: Columns[] = await pool.query(`${SELECT} FROM account a ${JOINS} WHERE a.id = ?`, [
        column(id),
      ]);
      return row ? toRow(row) : null;
    },

    /** @param name ASCII: the column is */
    async findByName(name: string): Promise<PersonRow | null> {
      const [row]: Columns[] = await pool.query(`${SELECT} FROM account a ${JOINS} WHERE a.name = ?`, [name]);
      return row ? toRow(row) : null;
    },

    /** In how many conversations of two, and in how many rooms, an account is. */
    async conversations(id: AccountId): Promise<{ direct: number; rooms: number }> {
      const [row]: { direct: number | null; total: number }[] = await pool.query(
        `SELECT CAST(SUM(c.kind = 'direct') AS UNSIGNED) AS direct, COUNT(*) AS total
           FROM conversation_member m JOIN conversation c ON c.id = m.conversation_id
          WHERE m.account_id = ? AND m.left_at IS NULL AND c.closed_at IS NULL`,
        [column(id)],
      );
      const direct = Number(row?.direct ?? 0);
      return { direct, rooms: Number(row?.total ?? 0) - direct };
    },

    /** How many sealed files of theirs there are, and what they take up. */
    async files(id: AccountId): Promise<{ count: number; bytes: number }> {
      const [row]: { count: number; bytes: number }[] = await pool.query(
        "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(size), 0) AS UNSIGNED) AS bytes FROM file WHERE uploader_id = ?",
        [column(id)],
      );
      return { count: Number(row?.count ?? 0), bytes: Number(row?.bytes ?? 0) };
    },
  };
}

export type PeopleTables = ReturnType<typeof createPeopleTables>;

function conditionOf(filter: PeopleFilter, lastActive: LastActive) {
  const isOneDay = lastActive !== null && lastActive.from === lastActive.to;
  const conditions = [
    ...(filter ? [`a.${filter.column} = ?`] : []),
    // Of one day alone MariaDB would sort a range.
    ...(isOneDay ? ["a.last_active_day = ?"] : lastActive ? ["a.last_active_day BETWEEN ? AND ?"] : []),
  ];
  const values: (string | number)[] = [
    ...(filter ? [filter.value] : []),
    ...(isOneDay ? [lastActive.from] : lastActive ? [lastActive.from, lastActive.to] : []),
  ];
  return { condition: conditions.join(" AND ") || "1", values };
}

/** The statement that finds a page, for the test that looks at its plan. */
export function pageQuery(
  { filter, lastActive, sort, descending }: PeopleOrder,
  after: PeoplePlace | null,
  limit: number,
): { sql: string; values: (string | number | Date | Buffer)[] } {
  const sorted = COLUMNS[sort];
  const [beyond, direction] = descending ? ["<", "DESC"] : [">", "ASC"];
  const { condition, values } = conditionOf(filter, lastActive);
  // Names are never alike, and MariaDB would sort what a unique index and another column order.
  const unique = sort === "name";
  const order = unique ? [sorted] : [sorted, "a.id"];
  const alike = unique ? "" : `OR (${sorted} = ? AND a.id ${beyond} ?)`;
  const place = after ? `AND (${sorted} ${beyond} ? ${alike})` : "";
  return {
    sql: `SELECT a.id FROM account a FORCE INDEX (${INDEXES[filter?.column ?? "everybody"][sort]}) WHERE ${condition} ${place}
           ORDER BY ${order.map((each) => `${each} ${direction}`).join(", ")} LIMIT ?`,
    values: [...values, ...(after ? placeValues(after, sort) : []), limit],
  };
}

function placeValues({ value, id }: PeoplePlace, sort: PeopleSort): (string | number | Date | Buffer)[] {
  if (sort === "name") return [value];
  const key = sort === "created" ? new Date(Number(value)) : value;
  return [key, key, column(id)];
}

interface Columns {
  id: Buffer;
  name: string;
  display_name: string;
  status: string;
  email: string | null;
  role: Role;
  created_at: Date;
  last_active_day: number;
  restraint: AccountRestraint["kind"] | null;
  restraint_reason: string;
  restrained_at: Date | null;
  restrained_until: Date | null;
  picture: Buffer | null;
  has_keys: number;
  app_passwords: number;
}

function toRow(row: Columns): PersonRow {
  return {
    id: toId<AccountId>(row.id),
    name: row.name,
    displayName: row.display_name,
    status: row.status,
    picture: row.picture && toBase64url(row.picture),
    email: row.email,
    role: row.role,
    createdAt: row.created_at.getTime(),
    lastActiveDay: row.last_active_day,
    hasKeys: Boolean(row.has_keys),
    mayUseAppPasswords: Boolean(row.app_passwords),
    restraint: row.restraint && {
      kind: row.restraint,
      reason: row.restraint_reason,
      at: row.restrained_at?.getTime() ?? 0,
      until: row.restrained_until?.getTime() ?? null,
    },
  };
}
