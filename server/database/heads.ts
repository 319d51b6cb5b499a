import type { Pool } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { coalesceMany } from "./coalesce.ts";
import { type ConversationKind, type MemberRole, mutedUntil, toKind } from "./conversations.ts";
import { column, toBytes, toId } from "./rows.ts";

/** Where conversations stand: what is asked for by everybody at once when they come back. */

/** A member as the newest record lists them, with what the server adds to it. */
export interface Seat {
  readonly role: MemberRole;
  /** The first message that they may read. */
  readonly visibleFrom: number;
  /** Milliseconds since 1970; null for who was never muted. */
  readonly mutedUntil: number | null;
}

/** What deciding about a message needs, as of `recordNumber`. */
export interface ConversationHead {
  readonly kind: ConversationKind;
  readonly recordNumber: number;
  readonly recordHash: Bytes;
  readonly keyEpoch: number;
  /** Nobody writes here any more. */
  readonly closed: boolean;
  /** Those who run the server let nothing new in. */
  readonly archived: boolean;
  readonly posting: "everyone" | "moderators" | "nobody";
  readonly slowSeconds: number;
  readonly seats: ReadonlyMap<AccountId, Seat>;
}

/** Where a conversation stands for somebody who is in it. */
export interface StandingRow {
  readonly id: ConversationId;
  readonly recordNumber: number;
  readonly lastSeq: number;
  readonly firstSeq: number;
  readonly closed: boolean;
  readonly archived: boolean;
  /** How many ask to be let in. */
  readonly requests: number;
  /** Whether it is offered to the account. */
  readonly offered: boolean;
}

const placesOf = (ids: readonly unknown[]) => ids.map(() => "?").join(", ");

export function createHeads(pool: Pool) {
  const seatsOf = coalesceMany(
    (ids: readonly ConversationId[]): Promise<HeadColumns[]> =>
      pool.query(
        `SELECT c.id, c.kind, c.record_number, c.record_hash, c.key_epoch, c.closed_at, c.archived, c.posting, c.slow_seconds,
                m.account_id, m.role, m.visible_from_seq, ${mutedUntil("m")}
           FROM conversation c JOIN conversation_member m ON m.conversation_id = c.id
           LEFT JOIN account a ON a.id = m.account_id
          WHERE c.id IN (${placesOf(ids)}) AND m.left_at IS NULL`,
        ids.map(column),
      ),
    ({ id }) => toId<ConversationId>(id),
  );
  const standingsOf = coalesceMany(
    (accounts: readonly AccountId[]): Promise<StandingColumns[]> =>
      pool.query(
        `SELECT m.account_id, c.id, c.record_number, c.last_seq, GREATEST(c.first_seq, m.visible_from_seq) AS first_seq,
                c.closed_at, c.archived, IF(c.kind = 'direct', 0,
                  (SELECT COUNT(*) FROM join_request j WHERE j.conversation_id = c.id)) AS requests,
                o.account_id IS NOT NULL AS offered
           FROM conversation_member m JOIN conversation c ON c.id = m.conversation_id
           LEFT JOIN room_offer o ON o.conversation_id = c.id AND o.account_id = m.account_id
          WHERE m.account_id IN (${placesOf(accounts)}) AND m.left_at IS NULL`,
        accounts.map(column),
      ),
    ({ account_id }) => toId<AccountId>(account_id),
  );

  return {
    /** What deciding about a message needs; null where nobody is in it. */
    async find(id: ConversationId): Promise<ConversationHead | null> {
      const rows = await seatsOf(id);
      return rows[0] ? toHead(rows[0], rows) : null;
    },

    /** Where each conversation of an account stands, how many ask to be let in, and whether it is offered to the account. */
    ofAccount: async (account: AccountId): Promise<StandingRow[]> =>
      (await standingsOf(account)).map(toStanding),
  };
}

interface HeadColumns {
  id: Buffer;
  kind: string;
  record_number: number;
  record_hash: Buffer;
  key_epoch: number;
  closed_at: Date | null;
  archived: number;
  posting: ConversationHead["posting"];
  slow_seconds: number;
  account_id: Buffer;
  role: MemberRole;
  visible_from_seq: number;
  muted_until: Date | null;
}

function toHead(first: HeadColumns, rows: readonly HeadColumns[]): ConversationHead {
  return {
    kind: toKind(first.kind),
    recordNumber: first.record_number,
    recordHash: toBytes(first.record_hash),
    keyEpoch: first.key_epoch,
    closed: first.closed_at !== null,
    archived: Boolean(first.archived),
    posting: first.posting,
    slowSeconds: first.slow_seconds,
    seats: new Map(
      rows.map((row) => [
        toId<AccountId>(row.account_id),
        {
          role: row.role,
          visibleFrom: row.visible_from_seq,
          mutedUntil: row.muted_until?.getTime() ?? null,
        },
      ]),
    ),
  };
}

interface StandingColumns {
  account_id: Buffer;
  id: Buffer;
  record_number: number;
  last_seq: number;
  first_seq: number;
  closed_at: Date | null;
  archived: number;
  requests: number;
  offered: number;
}

function toStanding(row: StandingColumns): StandingRow {
  return {
    id: toId(row.id),
    recordNumber: row.record_number,
    lastSeq: row.last_seq,
    firstSeq: Number(row.first_seq),
    closed: row.closed_at !== null,
    archived: Boolean(row.archived),
    requests: Number(row.requests),
    offered: Boolean(row.offered),
  };
}
