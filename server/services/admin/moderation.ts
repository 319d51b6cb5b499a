import { fromBase64url } from "../../../lib/base/encoding.ts";
import { type AccountId, ID_BYTES, type ReportId } from "../../../lib/base/ids.ts";
import { AppError } from "../../../lib/protocol/errors.ts";
import type { ReportState } from "../../../lib/protocol/http/admin/moderation.ts";
import type { Accounts } from "../../database/accounts.ts";
import type { ModerationTables } from "../../database/admin/moderation.ts";
import { shownPeople } from "./shown-people.ts";

const PAGE = 50;

export interface AdminModerationDeps {
  tables: ModerationTables;
  accounts: Pick<Accounts, "findPeople">;
}

/** Reports to those who run the server: who reported, where, when, and who decided what. Never what was reported. */
export function createAdminModeration({ tables, accounts }: AdminModerationDeps) {
  return {
    /** Newest first. @throws AppError "bad-request" for what names no place */
    async list(state: ReportState = "all", after?: string) {
      const [found, waiting] = await Promise.all([
        tables.list(state, after === undefined ? null : parsePlace(after), PAGE + 1),
        tables.waiting(),
      ]);
      const rows = found.slice(0, PAGE);
      const named = rows.flatMap(({ reporter, decidedBy }): AccountId[] => [reporter, decidedBy ?? reporter]);
      const show = await shownPeople(accounts, named);
      const last = rows.at(-1);
      return {
        rows: rows.map(({ reporter, decidedBy, ...row }) => ({
          ...row,
          reporter: show(reporter),
          decidedBy: decidedBy && show(decidedBy),
        })),
        next: found.length > PAGE && last ? `${last.at}~${last.id}` : null,
        waiting,
      };
    },
  };
}

function parsePlace(text: string) {
  const [at, id = ""] = text.split("~");
  if (fromBase64url(id)?.length !== ID_BYTES) throw new AppError("bad-request", "no place");
  return { at: Number(at), id: id as ReportId };
}
