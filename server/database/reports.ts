import type { Pool } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId, ReportId } from "../../lib/base/ids.ts";
import { column, toBytes, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export type ReportAudience = "moderators" | "administrators";
export type ReportDecision = "dismissed" | "acted";
/** What is done to a person with a decision. */
export type Measure = "warned" | "muted" | "suspended" | "banned";

export interface NewReport {
  readonly id: ReportId;
  readonly conversation: ConversationId;
  readonly reporter: AccountId;
  readonly audience: ReportAudience;
  readonly at: number;
  readonly sealed: Bytes;
  readonly boxes: readonly { readonly account: AccountId; readonly box: Bytes }[];
}

interface Decided {
  decision: ReportDecision | null;
  decidedAt: number | null;
}

export interface OwnReport extends Decided {
  id: ReportId;
  conversation: ConversationId;
  audience: ReportAudience;
  at: number;
  seen: boolean;
}

/** As one of those who get it sees it. */
export interface ReceivedReport extends Decided {
  id: ReportId;
  conversation: ConversationId;
  reporter: AccountId;
  at: number;
  sealed: Bytes;
  box: Bytes;
  decidedBy: AccountId | null;
  /** What was done with the decision. */
  measure: Measure | null;
  erased: boolean;
}

interface Row {
  id: Buffer;
  conversation_id: Buffer;
  reporter_id: Buffer;
  audience: ReportAudience;
  created_at: Date;
  sealed: Buffer;
  box: Buffer;
  decision: ReportDecision | null;
  decided_by: Buffer | null;
  decided_at: Date | null;
  measure: Measure | null;
  erased: number;
  outcome_seen: number;
}

const decidedOf = ({ decision, decided_at }: Pick<Row, "decision" | "decided_at">): Decided => ({
  decision,
  decidedAt: decided_at?.getTime() ?? null,
});

/** What was reported, and to whom. */
export function createReports(pool: Pool) {
  return {
    /**
     * @param since milliseconds since 1970: `limit` reports by one account from then on
     * @returns "there" for one that is stored already, "taken" where the id is somebody else's
     */
    insert: (
      { id, conversation, reporter, audience, at, sealed, boxes }: NewReport,
      since: number,
      limit: number,
    ): Promise<"stored" | "there" | "taken" | "full"> =>
      inTransaction(pool, async (connection) => {
        const [report, own] = [column(id), column(reporter)];
        // The account's row orders its reports.
        await connection.query("SELECT id FROM account WHERE id = ? FOR UPDATE", [own]);
        const [there]: { reporter_id: Buffer }[] = await connection.query(
          "SELECT reporter_id FROM report WHERE id = ?",
          [report],
        );
        if (there) return there.reporter_id.equals(own) ? "there" : "taken";
        const [made]: { count: number }[] = await connection.query(
          "SELECT COUNT(*) AS count FROM report WHERE reporter_id = ? AND created_at >= ?",
          [own, new Date(since)],
        );
        if ((made?.count ?? 0) >= limit) return "full";
        await connection.query(
          "INSERT INTO report (id, conversation_id, reporter_id, audience, created_at, sealed) VALUES (?, ?, ?, ?, ?, ?)",
          [report, column(conversation), own, audience, new Date(at), Buffer.from(sealed)],
        );
        await connection.batch(
          "INSERT INTO report_box (report_id, account_id, box) VALUES (?, ?, ?)",
          boxes.map(({ account, box }) => [report, column(account), Buffer.from(box)]),
        );
        return "stored";
      }),

    /**
     * To one of those who get them: what is undecided first, then the newest first.
     * @param conversation null for what goes to those who run the server
     * @param before those that follow this one in that order
     */
    async received(
      account: AccountId,
      conversation: ConversationId | null,
      before: ReportId | undefined,
      limit: number,
    ): Promise<ReceivedReport[]> {
      const mine = column(account);
      const where = conversation
        ? ["r.audience = 'moderators' AND r.conversation_id = ?", column(conversation)]
        : ["r.audience = 'administrators'"];
      const [condition, ...place] = where;
      const after = before
        ? `AND EXISTS (SELECT 1 FROM report p WHERE p.id = ? AND
             ((r.decision IS NULL) < (p.decision IS NULL) OR ((r.decision IS NULL) = (p.decision IS NULL) AND (r.created_at, r.id) < (p.created_at, p.id))))`
        : "";
      const rows: Row[] = await pool.query(
        `SELECT r.*, b.box FROM report_box b JOIN report r ON r.id = b.report_id
          WHERE b.account_id = ? AND ${condition} ${after}
          ORDER BY r.decision IS NULL DESC, r.created_at DESC, r.id DESC LIMIT ?`,
        [mine, ...place, ...(before ? [column(before)] : []), limit],
      );
      return rows.map((row) => ({
        id: toId(row.id),
        conversation: toId(row.conversation_id),
        reporter: toId(row.reporter_id),
        at: row.created_at.getTime(),
        sealed: toBytes(row.sealed),
        box: toBytes(row.box),
        decidedBy: row.decided_by && toId(row.decided_by),
        measure: row.measure,
        erased: Boolean(row.erased),
        ...decidedOf(row),
      }));
    },

    /** What waits for a decision of the account's. */
    async open(
      account: AccountId,
    ): Promise<{ conversation: ConversationId; audience: ReportAudience; count: number }[]> {
      const rows: { conversation_id: Buffer; audience: ReportAudience; count: number }[] = await pool.query(
        `SELECT r.conversation_id, r.audience, COUNT(*) AS count FROM report_box b JOIN report r ON r.id = b.report_id
          WHERE b.account_id = ? AND r.decision IS NULL GROUP BY r.conversation_id, r.audience`,
        [column(account)],
      );
      return rows.map(({ conversation_id, audience, count }) => ({
        conversation: toId(conversation_id),
        audience,
        count: Number(count),
      }));
    },

    /** Where a report belongs, and who else gets it; null for one that is not the account's to decide. */
    async find(account: AccountId, id: ReportId) {
      const rows: (Pick<Row, "conversation_id" | "audience" | "reporter_id"> & { account_id: Buffer })[] =
        await pool.query(
          `SELECT r.conversation_id, r.audience, r.reporter_id, b.account_id
             FROM report r JOIN report_box b ON b.report_id = r.id WHERE r.id = ?`,
          [column(id)],
        );
      const recipients = rows.map(({ account_id }) => toId<AccountId>(account_id));
      const [row] = rows;
      if (!row || !recipients.includes(account)) return null;
      return {
        conversation: toId<ConversationId>(row.conversation_id),
        audience: row.audience,
        reporter: toId<AccountId>(row.reporter_id),
        recipients,
      };
    },

    /** @returns false when somebody has decided already */
    decide: (id: ReportId, by: AccountId, decision: ReportDecision, at: number): Promise<boolean> =>
      inTransaction(pool, async (connection) => {
        const [report, author, time] = [column(id), column(by), new Date(at)];
        const { affectedRows } = await connection.query(
          "UPDATE report SET decision = ?, decided_by = ?, decided_at = ? WHERE id = ? AND decision IS NULL",
          [decision, author, time, report],
        );
        if (affectedRows === 0) return false;
        // For the room's journal, while there is a room.
        await connection.query(
          `INSERT INTO moderation_event (conversation_id, at, author_id, kind)
             SELECT r.conversation_id, ?, ?, 'report' FROM report r JOIN conversation c ON c.id = r.conversation_id
              WHERE r.id = ? AND r.audience = 'moderators'`,
          [time, author, report],
        );
        return true;
      }),

    /** Newest first. */
    async own(account: AccountId, limit: number): Promise<OwnReport[]> {
      const rows: Row[] = await pool.query(
        `SELECT id, conversation_id, audience, created_at, decision, decided_at, outcome_seen
           FROM report WHERE reporter_id = ? ORDER BY created_at DESC LIMIT ?`,
        [column(account), limit],
      );
      return rows.map((row) => ({
        id: toId(row.id),
        conversation: toId(row.conversation_id),
        audience: row.audience,
        at: row.created_at.getTime(),
        seen: Boolean(row.outcome_seen),
        ...decidedOf(row),
      }));
    },

    /** Decisions that the account was not told of. */
    async outcomes(account: AccountId): Promise<number> {
      const [row]: { count: number }[] = await pool.query(
        "SELECT COUNT(*) AS count FROM report WHERE reporter_id = ? AND decision IS NOT NULL AND NOT outcome_seen",
        [column(account)],
      );
      return Number(row?.count ?? 0);
    },

    async markSeen(account: AccountId): Promise<void> {
      await pool.query(
        "UPDATE report SET outcome_seen = TRUE WHERE reporter_id = ? AND decision IS NOT NULL AND NOT outcome_seen",
        [column(account)],
      );
    },

    /** Those who run the server, as far as one can seal to them; by when they came. */
    async stewards(limit: number): Promise<AccountId[]> {
      const rows: { id: Buffer }[] = await pool.query(
        `SELECT a.id FROM account a JOIN identity i ON i.account_id = a.id
          WHERE a.role IN (${STEWARDS}) ORDER BY a.id LIMIT ?`,
        [limit],
      );
      return rows.map(({ id }) => toId(id));
    },

    async areStewards(accounts: readonly AccountId[]): Promise<boolean> {
      const marks = accounts.map(() => "?").join(", ");
      const [row]: { count: number }[] = await pool.query(
        `SELECT COUNT(*) AS count FROM account WHERE id IN (${marks}) AND role IN (${STEWARDS})`,
        accounts.map(column),
      );
      return Number(row?.count ?? 0) === accounts.length;
    },

    /** Milliseconds since 1970: what was decided before the one, made before the other, or is about a room that is gone. */
    async deleteOld(decidedBefore: number, madeBefore: number): Promise<void> {
      await pool.query("DELETE FROM report WHERE decided_at < ? OR created_at < ?", [
        new Date(decidedBefore),
        new Date(madeBefore),
      ]);
      await pool.query(
        `DELETE r FROM report r WHERE r.audience = 'moderators'
            AND NOT EXISTS (SELECT 1 FROM conversation c WHERE c.id = r.conversation_id)`,
      );
    },
  };
}

/** Roles whose holders look after what is reported on this server. */
const STEWARDS = "'administrator', 'moderator'";
