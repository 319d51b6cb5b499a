import type { Pool } from "mariadb";
import type { AccountId, ConversationId, SessionId } from "../../lib/base/ids.ts";
import { column, toId } from "./rows.ts";

/** Where a conversation stands, as far as others may have moved it. */
export interface Standing {
  readonly id: ConversationId;
  readonly recordNumber: number;
  readonly lastSeq: number;
  readonly profileRevision: number;
  readonly closed: boolean;
  readonly archived: boolean;
}

/** Ids in one question. */
const AT_ONCE = 2_000;
/** In `server_state`: when a node last said that it reaches no other. */
const CUT_OFF = "node-cut-off";

const marks = (list: readonly unknown[]) => list.map(() => "?").join(", ");

/** What several nodes of one database ask it where they cannot tell each other. */
export function createNodeTables(pool: Pool) {
  return {
    /** The conversations of these people, also those that they left since. */
    async standings(accounts: readonly AccountId[], leftSince: number): Promise<Standing[]> {
      const found = new Map<string, Standing>();
      for (let from = 0; from < accounts.length; from += AT_ONCE) {
        const people = accounts.slice(from, from + AT_ONCE);
        const rows: Columns[] = await pool.query(
          `SELECT DISTINCT c.id, c.record_number, c.last_seq, c.profile_revision, c.closed_at, c.archived
             FROM conversation_member m JOIN conversation c ON c.id = m.conversation_id
            WHERE m.account_id IN (${marks(people)}) AND (m.left_at IS NULL OR m.left_at >= ?)`,
          [...people.map(column), new Date(leftSince)],
        );
        for (const row of rows) found.set(row.id.toString("hex"), toStanding(row));
      }
      return [...found.values()];
    },

    /** Who is in a conversation, or was until then. */
    async audience(id: ConversationId, leftSince: number): Promise<AccountId[]> {
      const rows: { account_id: Buffer }[] = await pool.query(
        "SELECT account_id FROM conversation_member WHERE conversation_id = ? AND (left_at IS NULL OR left_at >= ?)",
        [column(id), new Date(leftSince)],
      );
      return rows.map(({ account_id: account }) => toId(account));
    },

    /** Those of the sessions that nobody has ended. */
    async livingSessions(sessions: readonly SessionId[]): Promise<Set<SessionId>> {
      const living = new Set<SessionId>();
      for (let from = 0; from < sessions.length; from += AT_ONCE) {
        const asked = sessions.slice(from, from + AT_ONCE);
        const rows: { id: Buffer }[] = await pool.query(
          `SELECT id FROM session WHERE id IN (${marks(asked)}) AND revoked_at IS NULL`,
          asked.map(column),
        );
        for (const { id } of rows) living.add(toId(id));
      }
      return living;
    },

    /** Says to all nodes that one of them reaches no other. By the database's clock, which is one for all. */
    async noteCutOff(): Promise<void> {
      await pool.query("REPLACE INTO server_state (`key`, value) VALUES (?, UNIX_TIMESTAMP())", [CUT_OFF]);
    },

    /** Seconds since a node said so; null if none ever did. */
    async secondsSinceCutOff(): Promise<number | null> {
      const [row]: { seconds: number }[] = await pool.query(
        "SELECT CAST(UNIX_TIMESTAMP() - CAST(value AS UNSIGNED) AS SIGNED) AS seconds FROM server_state WHERE `key` = ?",
        [CUT_OFF],
      );
      return row ? Number(row.seconds) : null;
    },
  };
}

interface Columns {
  id: Buffer;
  record_number: number;
  last_seq: number;
  profile_revision: number;
  closed_at: Date | null;
  archived: number;
}

function toStanding(row: Columns): Standing {
  return {
    id: toId(row.id),
    recordNumber: row.record_number,
    lastSeq: row.last_seq,
    profileRevision: row.profile_revision,
    closed: row.closed_at !== null,
    archived: Boolean(row.archived),
  };
}
