import type { Pool, PoolConnection } from "mariadb";
import type { AccountId, ConversationId, MessageId, ReportId, SessionId } from "../../../lib/base/ids.ts";
import { eraseReported } from "../erasures.ts";
import type { Measure } from "../reports.ts";
import { column } from "../rows.ts";
import { inTransaction } from "../transaction.ts";
import { insertWarning } from "../warnings.ts";
import { lockAccount, restrain } from "./people-changes.ts";

/** What is done about a report. */
export interface Acting {
  readonly report: ReportId;
  readonly by: AccountId;
  readonly at: number;
  /** Whose message it is about. */
  readonly about: AccountId;
  readonly measure: Measure | null;
  /** Told to that person. */
  readonly text: string;
  readonly until: number | null;
  /** What is erased here. */
  readonly messages: { readonly conversation: ConversationId; readonly ids: readonly MessageId[] } | null;
}

export type Acted =
  | { readonly outcome: Refused }
  /** `sessions`: those that ended; `erased`: false too where there was nothing left of the messages. */
  | { readonly outcome: "done"; readonly sessions: readonly SessionId[]; readonly erased: boolean };

type Refused = "gone" | "last-administrator" | "decided";

/** Takes back what its transaction has done. */
class Refusal extends Error {
  readonly outcome: Refused;

  constructor(outcome: Refused) {
    super(outcome);
    this.outcome = outcome;
  }
}

/** Decisions about reports together with what follows from them: all of it, or, where somebody else was faster, nothing. */
export function createMeasures(pool: Pool) {
  return {
    async act(acting: Acting): Promise<Acted> {
      try {
        return await inTransaction(pool, async (connection) => {
          const { report, by, at, about, measure, messages } = acting;
          const whose = { sender: about, by, at };
          const erased = messages !== null && (await eraseReported(connection, { ...messages, ...whose }));
          const sessions = await take(connection, acting);
          const { affectedRows } = await connection.query(
            `UPDATE report SET decision = 'acted', decided_by = ?, decided_at = ?, measure = ?, erased = ?, about_id = ?
              WHERE id = ? AND decision IS NULL`,
            [column(by), new Date(at), measure, erased, column(about), column(report)],
          );
          if (affectedRows === 0) throw new Refusal("decided");
          return { outcome: "done", sessions, erased };
        });
      } catch (error) {
        if (error instanceof Refusal) return { outcome: error.outcome };
        throw error;
      }
    },
  };
}

export type Measures = ReturnType<typeof createMeasures>;

async function take(
  connection: PoolConnection,
  { about, measure, text, at, until }: Acting,
): Promise<readonly SessionId[]> {
  if (measure === null || measure === "warned") {
    if (!(await lockAccount(connection, about))) throw new Refusal("gone");
    if (measure) await insertWarning(connection, about, text, at);
    return [];
  }
  const change = await restrain(connection, about, { kind: measure, reason: text, at, until });
  if (change.outcome !== "done") throw new Refusal(change.outcome);
  return change.sessions;
}
