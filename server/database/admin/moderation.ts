import type { Pool } from "mariadb";
import type { AccountId, ConversationId, ReportId } from "../../../lib/base/ids.ts";
import type { Measure, ReportDecision } from "../reports.ts";
import { column, toId } from "../rows.ts";

/** A report without what it says, which is sealed. */
export interface ReportHistoryRow {
  id: ReportId;
  at: number;
  reporter: AccountId;
  /** Null in a conversation of two, and where the room is gone. */
  room: { id: ConversationId; name: string | null } | null;
  decision: ReportDecision | null;
  decidedBy: AccountId | null;
  decidedAt: number | null;
  /** What was done with the decision, and to whom; null where nothing was, and once that account is gone. */
  measure: Measure | null;
  erased: boolean;
  about: AccountId | null;
}

export type ReportFilter = "all" | "open" | ReportDecision;

/** The last row of the page before. @param at milliseconds since 1970 */
export interface ReportPlace {
  readonly at: number;
  readonly id: ReportId;
}

const ASKED_FOR = "r.audience = 'administrators'";

/** What was reported to those who run the server, whoever of them got it. */
export function createModerationTables(pool: Pool) {
  return {
    /** Newest first. @param after the last row of the page before */
    async list(filter: ReportFilter, after: ReportPlace | null, limit: number): Promise<ReportHistoryRow[]> {
      const { sql, values } = reportPageQuery(filter, after, limit);
      const rows: Columns[] = await pool.query(sql, values);
      return rows.map((row) => ({
        id: toId(row.id),
        at: row.created_at.getTime(),
        reporter: toId(row.reporter_id),
        room: row.room_id && { id: toId(row.room_id), name: row.listed_name },
        decision: row.decision,
        decidedBy: row.decided_by && toId(row.decided_by),
        decidedAt: row.decided_at?.getTime() ?? null,
        measure: row.measure,
        erased: Boolean(row.erased),
        about: row.about_id && toId(row.about_id),
      }));
    },

    /** How many nobody has decided, and since when the oldest of them waits. */
    async waiting(): Promise<{ count: number; since: number | null }> {
      const [row]: { count: number; since: Date | null }[] = await pool.query(
        `SELECT COUNT(*) AS count, MIN(r.created_at) AS since FROM report r WHERE ${ASKED_FOR} AND r.decision IS NULL`,
      );
      return { count: Number(row?.count ?? 0), since: row?.since?.getTime() ?? null };
    },
  };
}

export type ModerationTables = ReturnType<typeof createModerationTables>;

/** The statement that finds a page, for the test that looks at its plan. */
export function reportPageQuery(filter: ReportFilter, after: ReportPlace | null, limit: number) {
  const index = filter === "all" ? "report_by_audience" : "report_by_audience_and_decision";
  const decided = filter === "open" ? "r.decision IS NULL" : "r.decision = ?";
  const place = "AND (r.created_at < ? OR (r.created_at = ? AND r.id < ?))";
  const values: (string | number | Date | Buffer)[] = filter === "all" || filter === "open" ? [] : [filter];
  if (after) {
    const at = new Date(after.at);
    values.push(at, at, column(after.id));
  }
  return {
    sql: `SELECT r.id, r.created_at, r.reporter_id, r.decision, r.decided_by, r.decided_at, r.measure, r.erased, r.about_id,
                 c.id AS room_id, c.listed_name
            FROM report r FORCE INDEX (${index})
            LEFT JOIN conversation c ON c.id = r.conversation_id AND c.kind <> 'direct' AND c.closed_at IS NULL
           WHERE ${ASKED_FOR} ${filter === "all" ? "" : `AND ${decided}`} ${after ? place : ""}
           ORDER BY r.created_at DESC, r.id DESC LIMIT ?`,
    values: [...values, limit],
  };
}

interface Columns {
  id: Buffer;
  created_at: Date;
  reporter_id: Buffer;
  decision: ReportDecision | null;
  decided_by: Buffer | null;
  decided_at: Date | null;
  measure: Measure | null;
  erased: number;
  about_id: Buffer | null;
  room_id: Buffer | null;
  listed_name: string | null;
}
