import { fromBase64url } from "../../../lib/base/encoding.ts";
import { type AccountId, ID_BYTES, type ReportId } from "../../../lib/base/ids.ts";
import { AppError } from "../../../lib/protocol/errors.ts";
import type { ActForm, ReportState } from "../../../lib/protocol/http/admin/moderation.ts";
import type { Accounts } from "../../database/accounts.ts";
import type { Measures } from "../../database/admin/measures.ts";
import type { ModerationTables } from "../../database/admin/moderation.ts";
import type { Database } from "../../database/database.ts";
import type { Client } from "../client.ts";
import type { Journal } from "../journal.ts";
import { byDoer } from "../journal-doer.ts";
import type { Publish } from "../publish.ts";
import type { Admission } from "../sessions.ts";
import type { AdminPeople } from "./people.ts";
import { shownPeople } from "./shown-people.ts";

const PAGE = 50;
const REFUSALS = {
  gone: "not-found",
  "last-administrator": "last-administrator",
  decided: "conflict",
} as const;

export interface AdminModerationDeps {
  tables: ModerationTables;
  measures: Measures;
  reports: Pick<Database["reports"], "find">;
  accounts: Pick<Accounts, "findPeople">;
  people: Pick<AdminPeople, "require" | "restrained">;
  journal: Journal;
  publish: Publish;
  clock: () => number;
}

/**
 * Reports to those who run the server: who reported, where, when, who decided what, and what followed. Never what was
 * reported.
 */
export function createAdminModeration(deps: AdminModerationDeps) {
  const { tables, measures, reports, accounts, people, journal, publish, clock } = deps;

  return {
    /** Newest first. @throws AppError "bad-request" for what names no place */
    async list(state: ReportState = "all", after?: string) {
      const [found, waiting] = await Promise.all([
        tables.list(state, after === undefined ? null : parsePlace(after), PAGE + 1),
        tables.waiting(),
      ]);
      const rows = found.slice(0, PAGE);
      const named = rows.flatMap(({ reporter, decidedBy, about }): AccountId[] => [
        reporter,
        decidedBy ?? reporter,
        about ?? reporter,
      ]);
      const show = await shownPeople(accounts, named);
      const last = rows.at(-1);
      return {
        rows: rows.map(({ reporter, decidedBy, about, ...row }) => ({
          ...row,
          reporter: show(reporter),
          decidedBy: decidedBy && show(decidedBy),
          about: about && show(about),
        })),
        next: found.length > PAGE && last ? `${last.at}~${last.id}` : null,
        waiting,
      };
    },

    /**
     * Decides and does something about it at once. Whose message it is, the server cannot read in the report: it takes
     * the word of whoever could open it, and erases nothing that somebody else wrote.
     * @throws AppError "not-found" for who did not get the report, and where the person is gone or out of reach;
     * "bad-request" for oneself or an end that is past; "conflict" once it is decided; "last-administrator"
     */
    async act(actor: Admission, id: ReportId, form: ActForm, client: Client): Promise<void> {
      const found = await reports.find(actor.accountId, id);
      if (found?.audience !== "administrators") throw new AppError("not-found", "no such report");
      const { about, measure, text, until, messages } = form;
      await people.require(actor, about);
      const at = clock();
      if (until !== null && until <= at) throw new AppError("bad-request", "ends before it begins");
      const acted = await measures.act({
        ...{ report: id, by: actor.accountId, at, about, measure, text, until },
        messages: messages.length > 0 ? { conversation: found.conversation, ids: messages } : null,
      });
      if (acted.outcome !== "done") throw new AppError(REFUSALS[acted.outcome]);
      const by = `report ${id}`;
      if (measure === "warned")
        await journal.record("account-warned", "ok", client, about, `${by} ${byDoer(actor.accountId)}`);
      else if (measure)
        await people.restrained(actor, about, { kind: measure, until }, acted.sessions, client, by);
      if (acted.erased)
        await journal.record("messages-erased", "ok", client, about, `${by} ${byDoer(actor.accountId)}`);
      const told = new Set([found.reporter, ...found.recipients, about]);
      for (const account of told) publish({ type: "notice", account, except: null });
    },
  };
}

function parsePlace(text: string) {
  const [at, id = ""] = text.split("~");
  if (fromBase64url(id)?.length !== ID_BYTES) throw new AppError("bad-request", "no place");
  return { at: Number(at), id: id as ReportId };
}
