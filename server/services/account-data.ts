import { AppError } from "../../lib/protocol/errors.ts";
import type { AccountDataTable } from "../database/account-data.ts";
import type { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import { type JournalOrigin, withoutDoer } from "./journal-doer.ts";
import type { Session } from "./sessions.ts";

export function createAccountData(table: AccountDataTable, journal: Journal) {
  return {
    /** What the server holds about the caller, who has proved both factors anew. @throws AppError "signed-out" */
    async read({ accountId }: Session, client: Client) {
      const data = await table.read(accountId);
      if (!data) throw new AppError("signed-out", "no such account");
      await journal.record("data-export", "ok", client, accountId);
      return { ...data, journal: data.journal.map((row) => withoutDoer(row as typeof row & JournalOrigin)) };
    },
  };
}
