import type { Pool } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import { toBase64url } from "../../lib/base/encoding.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import type { Person } from "./accounts.ts";
import type { MessageRow } from "./messages.ts";
import { column, toBytes, toId } from "./rows.ts";

export type ConversationKind = "direct" | "private-room" | "public-room";
export type MemberRole = "member" | "moderator" | "owner";

export interface MemberRow extends Person {
  deliveredSeq: number;
  deliveredAt: number | null;
  /** Of others, how far they show that they have read. */
  readSeq: number;
  readAt: number | null;
}

export interface ConversationRow {
  id: ConversationId;
  kind: ConversationKind;
  createdAt: number;
  recordNumber: number;
  lastSeq: number;
  /** The first message that there is for this person. */
  firstSeq: number;
  closed: boolean;
  archived: boolean;
  memberCount: number;
  /** Of a direct conversation both, of a room oneself and the newest message's sender. */
  members: MemberRow[];
  profile: Bytes | null;
  mutedUntil: number | null;
  newest: MessageRow | null;
}

/** An enum of the database has no dashes. */
export const toKindColumn = (kind: ConversationKind) => kind.replace("-", "_");
export const toKind = (kind: string) => kind.replace("_", "-") as ConversationKind;

const PERSON = "a.name, a.display_name, a.status, p.hash AS picture";
/** For one's own browsers the place itself, of others what they show. */
const POSITIONS = `m.delivered_seq, m.delivered_at, IF(m.account_id = ?, m.read_seq, m.shown_read_seq) AS read_seq,
                m.shown_read_at`;

/** Until when a member may not write there, as those say who moderate it or who run the server; `a` is the account. */
export const mutedUntil = (member: string) =>
  `IF(a.restraint = 'muted', GREATEST(a.restrained_until, COALESCE(${member}.muted_until, a.restrained_until)), ${member}.muted_until) AS muted_until`;

export function createConversations(pool: Pool) {
  return {
    /**
     * All conversations of an account with read positions and the newest message. Who left a direct conversation is
     * among its members; of an account that is gone, without a name.
     */
    async list(account: AccountId): Promise<ConversationRow[]> {
      const rows: ListColumns[] = await pool.query(
        `SELECT c.id, c.kind, c.created_at, c.record_number, c.last_seq, c.closed_at, c.archived, c.member_count, c.profile,
                GREATEST(c.first_seq, mine.visible_from_seq) AS first_seq, ${mutedUntil("mine")},
                n.stored_at AS newest_at, n.envelope AS newest_envelope, n.sender_id
           FROM conversation_member mine
           JOIN conversation c ON c.id = mine.conversation_id
           JOIN account a ON a.id = mine.account_id
           LEFT JOIN message n
                  ON n.conversation_id = c.id AND n.seq = c.last_seq AND n.seq >= mine.visible_from_seq
          WHERE mine.account_id = ? AND mine.left_at IS NULL`,
        [column(account)],
      );
      const found = new Map(rows.map((row) => [toId<ConversationId>(row.id), toConversation(row)]));
      const shown = rows.flatMap(({ id, kind, sender_id: sender }) =>
        kind === "direct" ? [] : [id, column(account), id, sender ?? column(account)],
      );
      // A room of thousands shows two of them: they are picked by key, not found by reading all.
      const members: MemberColumns[] = await pool.query(
        `SELECT m.conversation_id, m.account_id, ${POSITIONS}, NULL AS muted_until, ${PERSON}
           FROM conversation_member mine
           JOIN conversation c ON c.id = mine.conversation_id AND c.kind = 'direct'
           JOIN conversation_member m ON m.conversation_id = c.id
           LEFT JOIN account a ON a.id = m.account_id
           LEFT JOIN account_picture p ON p.account_id = a.id
          WHERE mine.account_id = ? AND mine.left_at IS NULL`,
        [column(account), column(account)],
      );
      if (shown.length > 0) {
        members.push(
          ...((await pool.query(
            `SELECT m.conversation_id, m.account_id, ${POSITIONS}, NULL AS muted_until, ${PERSON}
               FROM conversation_member m
               LEFT JOIN account a ON a.id = m.account_id
               LEFT JOIN account_picture p ON p.account_id = a.id
              WHERE (m.conversation_id, m.account_id) IN (${Array(shown.length / 2)
                .fill("(?, ?)")
                .join(", ")})`,
            [column(account), ...shown],
          )) as MemberColumns[]),
        );
      }
      for (const row of members) found.get(toId(row.conversation_id))?.members.push(toMember(row));
      return [...found.values()];
    },

    /** Until when an account may not write, in each of its conversations. */
    async mutes(account: AccountId): Promise<{ id: ConversationId; until: number | null }[]> {
      const rows: Pick<ListColumns, "id" | "muted_until">[] = await pool.query(
        `SELECT m.conversation_id AS id, ${mutedUntil("m")}
           FROM conversation_member m JOIN account a ON a.id = m.account_id
          WHERE m.account_id = ? AND m.left_at IS NULL`,
        [column(account)],
      );
      return rows.map(({ id, muted_until: until }) => ({ id: toId(id), until: until?.getTime() ?? null }));
    },

    /** Everybody who is in a conversation now, as `viewer` is shown them. */
    async members(
      id: ConversationId,
      viewer: AccountId,
    ): Promise<(MemberRow & { mutedUntil: number | null })[]> {
      const rows: MemberColumns[] = await pool.query(
        `SELECT m.conversation_id, m.account_id, ${POSITIONS}, m.muted_until, ${PERSON}
           FROM conversation_member m
           LEFT JOIN account a ON a.id = m.account_id
           LEFT JOIN account_picture p ON p.account_id = a.id
          WHERE m.conversation_id = ? AND m.left_at IS NULL`,
        [column(viewer), column(id)],
      );
      return rows.map((row) => ({ ...toMember(row), mutedUntil: row.muted_until?.getTime() ?? null }));
    },

    /** Everybody who shares a conversation with the account, without the account. */
    async contacts(account: AccountId): Promise<AccountId[]> {
      const rows: { account_id: Buffer }[] = await pool.query(
        `SELECT DISTINCT other.account_id
           FROM conversation_member mine
           JOIN conversation_member other ON other.conversation_id = mine.conversation_id
          WHERE mine.account_id = ? AND mine.left_at IS NULL
            AND other.account_id <> mine.account_id AND other.left_at IS NULL`,
        [column(account)],
      );
      return rows.map((row) => toId(row.account_id));
    },

    /** Those of `people` who share a conversation with the account; also the account itself, if it is among them. */
    async sharedWith(account: AccountId, people: readonly AccountId[]): Promise<AccountId[]> {
      const rows: { account_id: Buffer }[] = await pool.query(
        `SELECT DISTINCT other.account_id
           FROM conversation_member other
           JOIN conversation_member mine
             ON mine.conversation_id = other.conversation_id AND mine.account_id = ? AND mine.left_at IS NULL
          WHERE other.account_id IN (${people.map(() => "?").join(", ")}) AND other.left_at IS NULL`,
        [account, ...people].map(column),
      );
      return rows.map((row) => toId(row.account_id));
    },
  };
}

interface ListColumns {
  id: Buffer;
  kind: string;
  created_at: Date;
  record_number: number;
  last_seq: number;
  first_seq: number;
  closed_at: Date | null;
  archived: number;
  member_count: number;
  profile: Buffer | null;
  muted_until: Date | null;
  newest_at: Date | null;
  newest_envelope: Buffer | null;
  sender_id: Buffer | null;
}

interface MemberColumns {
  conversation_id: Buffer;
  account_id: Buffer;
  delivered_seq: number;
  delivered_at: Date | null;
  read_seq: number;
  shown_read_at: Date | null;
  muted_until: Date | null;
  name: string | null;
  display_name: string | null;
  status: string | null;
  picture: Buffer | null;
}

function toMember(row: MemberColumns): MemberRow {
  return {
    id: toId(row.account_id),
    name: row.name ?? "",
    displayName: row.display_name ?? "",
    status: row.status ?? "",
    ...(row.name === null && { deleted: true }),
    picture: row.picture && toBase64url(row.picture),
    deliveredSeq: row.delivered_seq,
    deliveredAt: row.delivered_at?.getTime() ?? null,
    readSeq: row.read_seq,
    readAt: row.shown_read_at?.getTime() ?? null,
  };
}

function toConversation(row: ListColumns): ConversationRow {
  return {
    id: toId(row.id),
    kind: toKind(row.kind),
    createdAt: row.created_at.getTime(),
    recordNumber: row.record_number,
    lastSeq: row.last_seq,
    firstSeq: Number(row.first_seq),
    closed: row.closed_at !== null,
    archived: Boolean(row.archived),
    memberCount: row.member_count,
    members: [],
    profile: row.profile && toBytes(row.profile),
    mutedUntil: row.muted_until?.getTime() ?? null,
    newest:
      row.newest_envelope && row.newest_at
        ? { seq: row.last_seq, storedAt: row.newest_at.getTime(), envelope: toBytes(row.newest_envelope) }
        : null,
  };
}
