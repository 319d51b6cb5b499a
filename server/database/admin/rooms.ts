import type { Pool, PoolConnection } from "mariadb";
import type { AccountId, ConversationId } from "../../../lib/base/ids.ts";
import { type MemberRole, toKind } from "../conversations.ts";
import type { ConversationHead } from "../heads.ts";
import { closeRoom } from "../room-ends.ts";
import { column, toId } from "../rows.ts";
import { inTransaction } from "../transaction.ts";

export interface RoomRow {
  id: ConversationId;
  kind: "private-room" | "public-room";
  /** Of a public room; what a private one is called only its members can read. */
  name: string | null;
  createdAt: number;
  members: number;
  /** Those that stand, with what is left of deleted ones. */
  messages: number;
  /** yyyymmdd, UTC: of the newest message, of the creation while there is none. */
  activeDay: number;
  /** None of its owners is there any more. */
  ownerless: boolean;
  /** Those who run the server let nothing new in. */
  archived: boolean;
  /** Of its messages, as they were last counted. */
  bytes: number;
}

export interface RoomFigures extends RoomRow {
  topic: string | null;
  posting: ConversationHead["posting"];
  slowSeconds: number;
  retentionSeconds: number;
  /** Who ask to be let in, and who must not come in. */
  requests: number;
  bans: number;
}

export interface RoomOwners {
  readonly first: readonly AccountId[];
  readonly total: number;
}

export interface RoomMember {
  account: AccountId;
  role: MemberRole;
  mutedUntil: number | null;
}

export type RoomFilter = "all" | "private" | "public" | "ownerless" | "archived";
export type RoomSort = "active" | "created" | "size" | "bytes";

export interface RoomOrder {
  readonly filter: RoomFilter;
  readonly sort: RoomSort;
  readonly descending: boolean;
}

/** The last row of the page before. @param value what it is sorted by */
export interface RoomPlace {
  readonly value: number;
  readonly id: ConversationId;
}

const COLUMNS = {
  active: "c.active_day",
  created: "c.created_at",
  size: "c.member_count",
  bytes: "c.stored_bytes",
} as const;
/** One for each order of one kind, so that a page costs as many rows as it has. */
const OF_KIND = {
  active: "conversation_by_day",
  created: "conversation_by_age",
  size: "conversation_directory",
  bytes: "conversation_by_bytes",
} as const;
const OWNERLESS = {
  active: "conversation_ownerless_by_day",
  created: "conversation_ownerless_by_age",
  size: "conversation_ownerless",
  bytes: "conversation_ownerless_by_bytes",
} as const;
const ARCHIVED = {
  active: "conversation_archived_by_day",
  created: "conversation_archived_by_age",
  size: "conversation_archived",
  bytes: "conversation_archived_by_bytes",
} as const;
const INDEXES: Readonly<Record<RoomFilter, Readonly<Record<RoomSort, string>>>> = {
  all: OF_KIND,
  private: OF_KIND,
  public: OF_KIND,
  ownerless: OWNERLESS,
  archived: ARCHIVED,
};
/** What makes a room one of them; of several, each is asked for alone. */
const CONDITIONS: Readonly<Record<RoomFilter, readonly string[]>> = {
  all: ["c.kind = 'private_room'", "c.kind = 'public_room'"],
  private: ["c.kind = 'private_room'"],
  public: ["c.kind = 'public_room'"],
  ownerless: ["c.ownerless = TRUE"],
  archived: ["c.archived = TRUE"],
};

const SELECT = `SELECT c.id, c.kind, c.listed_name, c.created_at, c.member_count, c.first_seq, c.last_seq, c.active_day,
       c.ownerless, c.archived, c.stored_bytes`;
const ASKED_FOR = "kind <> 'direct' AND closed_at IS NULL";

/** Rooms as the server knows them: how large, how old, whose. Nothing of what is said there. */
export function createRoomTables(pool: Pool) {
  /** All that is listed of them, in the same order. */
  async function details(found: readonly { id: Buffer }[]): Promise<RoomRow[]> {
    if (found.length === 0) return [];
    const rows: Columns[] = await pool.query(
      `${SELECT} FROM conversation c WHERE c.id IN (${found.map(() => "?").join(", ")})`,
      found.map(({ id }) => id),
    );
    const byId = new Map(rows.map((row) => [row.id.toString("hex"), toRow(row)]));
    return found.flatMap(({ id }) => byId.get(id.toString("hex")) ?? []);
  }

  return {
    /** A page of rooms. @param after the last row of the page before */
    async list(order: RoomOrder, after: RoomPlace | null, limit: number): Promise<RoomRow[]> {
      const { sql, values } = pageQuery(order, after, limit);
      return details(await pool.query(sql, values));
    },

    /** Public ones by the start of their names, in that order. */
    async search(text: string, limit: number): Promise<RoomRow[]> {
      const start = `${text.replace(/[\\%_]/g, "\\$&")}%`;
      return details(
        await pool.query(
          "SELECT c.id FROM conversation c WHERE c.listed_name LIKE ? AND c.closed_at IS NULL ORDER BY c.listed_name LIMIT ?",
          [start, limit],
        ),
      );
    },

    async find(id: ConversationId): Promise<RoomFigures | null> {
      const [row]: (Columns & {
        listed_topic: string | null;
        posting: ConversationHead["posting"];
        slow_seconds: number;
        retention_seconds: number;
        requests: number;
        bans: number;
      })[] = await pool.query(
        `${SELECT}, c.listed_topic, c.posting, c.slow_seconds, c.retention_seconds,
                (SELECT COUNT(*) FROM join_request j WHERE j.conversation_id = c.id) AS requests,
                (SELECT COUNT(*) FROM conversation_ban b WHERE b.conversation_id = c.id) AS bans
           FROM conversation c WHERE c.id = ? AND c.kind <> 'direct' AND c.closed_at IS NULL`,
        [column(id)],
      );
      return row
        ? {
            ...toRow(row),
            topic: row.listed_topic,
            posting: row.posting,
            slowSeconds: row.slow_seconds,
            retentionSeconds: row.retention_seconds,
            requests: Number(row.requests),
            bans: Number(row.bans),
          }
        : null;
    },

    /** Who owns each of these and is there, the eldest accounts first. @param most that are named of one room */
    async owners(rooms: readonly ConversationId[], most: number): Promise<Map<ConversationId, RoomOwners>> {
      if (rooms.length === 0) return new Map();
      const rows: { conversation_id: Buffer; account_id: Buffer; total: number }[] = await pool.query(
        `SELECT conversation_id, account_id, total FROM
           (SELECT conversation_id, account_id, COUNT(*) OVER (PARTITION BY conversation_id) AS total,
                   ROW_NUMBER() OVER (PARTITION BY conversation_id ORDER BY account_id) AS place
              FROM conversation_member FORCE INDEX (conversation_member_by_role)
             WHERE conversation_id IN (${rooms.map(() => "?").join(", ")}) AND role = 'owner' AND left_at IS NULL) owners
          WHERE place <= ? ORDER BY conversation_id, place`,
        [...rooms.map(column), most],
      );
      const found = new Map<ConversationId, RoomOwners>();
      for (const { conversation_id, account_id, total } of rows) {
        const id = toId<ConversationId>(conversation_id);
        const { first } = found.get(id) ?? { first: [] };
        found.set(id, { first: [...first, toId<AccountId>(account_id)], total: Number(total) });
      }
      return found;
    },

    /** Who is there now: owners first. @param after the last one of the page before */
    async members(
      id: ConversationId,
      after: { readonly role: MemberRole; readonly account: AccountId } | null,
      limit: number,
    ): Promise<RoomMember[]> {
      const rows: { account_id: Buffer; role: MemberRole; muted_until: Date | null }[] = await pool.query(
        `SELECT account_id, role, muted_until FROM conversation_member
          WHERE conversation_id = ? AND left_at IS NULL ${after ? "AND (role < ? OR (role = ? AND account_id > ?))" : ""}
          ORDER BY role DESC, account_id LIMIT ?`,
        [
          column(id),
          ...(after ? [ROLE_NUMBERS[after.role], ROLE_NUMBERS[after.role], column(after.account)] : []),
          limit,
        ],
      );
      return rows.map((row) => ({
        account: toId(row.account_id),
        role: row.role,
        mutedUntil: row.muted_until?.getTime() ?? null,
      }));
    },

    /**
     * Ends a room without a record: nobody is in it from then on. What it holds is for `eraseClosed`.
     * @param members how many whoever ends it has seen there
     * @returns who was in it; "changed" where there are others by now, null where there is no such room
     */
    close: (id: ConversationId, members: number, at: number): Promise<AccountId[] | "changed" | null> =>
      inTransaction(pool, async (connection) => {
        const [head]: { member_count: number }[] = await connection.query(
          `SELECT member_count FROM conversation WHERE id = ? AND ${ASKED_FOR} FOR UPDATE`,
          [column(id)],
        );
        if (!head) return null;
        if (head.member_count !== members) return "changed";
        const people = await peopleOf(connection, id);
        await closeRoom(connection, column(id), new Date(at));
        return people;
      }),

    /**
     * Whether the server takes anything new there. What is being stored meanwhile comes before it, or finds it so.
     * @returns who is in it; "unchanged" where it was so before, null where there is no such room
     */
    setArchived: (id: ConversationId, archived: boolean): Promise<AccountId[] | "unchanged" | null> =>
      inTransaction(pool, async (connection) => {
        const [head]: { archived: number }[] = await connection.query(
          `SELECT archived FROM conversation WHERE id = ? AND ${ASKED_FOR} FOR UPDATE`,
          [column(id)],
        );
        if (!head) return null;
        if (Boolean(head.archived) === archived) return "unchanged";
        await connection.query("UPDATE conversation SET archived = ? WHERE id = ?", [archived, column(id)]);
        return peopleOf(connection, id);
      }),
  };
}

export type RoomTables = ReturnType<typeof createRoomTables>;

/** Who is in it now. */
async function peopleOf(connection: PoolConnection, id: ConversationId): Promise<AccountId[]> {
  const rows: { account_id: Buffer }[] = await connection.query(
    "SELECT account_id FROM conversation_member WHERE conversation_id = ? AND left_at IS NULL",
    [column(id)],
  );
  return rows.map(({ account_id }) => toId(account_id));
}

/** As the column's ENUM numbers them; compared as text they would stand otherwise. */
const ROLE_NUMBERS: Readonly<Record<MemberRole, number>> = { member: 1, moderator: 2, owner: 3 };

/** The statement that finds a page, for the test that looks at its plan. */
export function pageQuery(
  { filter, sort, descending }: RoomOrder,
  after: RoomPlace | null,
  limit: number,
): { sql: string; values: (number | Date | Buffer)[] } {
  const by = COLUMNS[sort];
  const index = INDEXES[filter][sort];
  const [beyond, direction] = descending ? ["<", "DESC"] : [">", "ASC"];
  const place = after ? `AND (${by} ${beyond} ? OR (${by} = ? AND c.id ${beyond} ?))` : "";
  const arms = CONDITIONS[filter].map(
    (condition) => `(SELECT c.id, ${by} AS value FROM conversation c FORCE INDEX (${index})
        WHERE ${condition} AND c.closed_at IS NULL ${place} ORDER BY ${by} ${direction}, c.id ${direction} LIMIT ?)`,
  );
  return {
    sql: `${arms.join(" UNION ALL ")} ORDER BY value ${direction}, id ${direction} LIMIT ?`,
    values: [...arms.flatMap(() => [...placeValues(after, sort), limit]), limit],
  };
}

function placeValues(place: RoomPlace | null, sort: RoomSort): (number | Date | Buffer)[] {
  if (!place) return [];
  const value = sort === "created" ? new Date(place.value) : place.value;
  return [value, value, column(place.id)];
}

interface Columns {
  id: Buffer;
  kind: string;
  listed_name: string | null;
  created_at: Date;
  member_count: number;
  first_seq: number;
  last_seq: number;
  active_day: number;
  ownerless: number;
  archived: number;
  stored_bytes: number;
}

function toRow(row: Columns): RoomRow {
  return {
    id: toId(row.id),
    kind: toKind(row.kind) as RoomRow["kind"],
    name: row.listed_name,
    createdAt: row.created_at.getTime(),
    members: row.member_count,
    messages: Math.max(0, Number(row.last_seq) - Number(row.first_seq) + 1),
    activeDay: row.active_day,
    ownerless: Boolean(row.ownerless),
    archived: Boolean(row.archived),
    bytes: Number(row.stored_bytes),
  };
}
