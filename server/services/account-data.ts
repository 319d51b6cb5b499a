import type { AccountId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { AccountDataTable } from "../database/account-data.ts";
import type { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import { type JournalOrigin, withoutDoer } from "./journal-doer.ts";
import type { Session } from "./sessions.ts";

/** At once: each is all that there is of an account, in memory. */
const MOST_READING = 4;
const RETRY_SECONDS = 10;

export function createAccountData(table: AccountDataTable, journal: Journal) {
  const reading = new Set<AccountId>();

  /** @throws AppError "overloaded" while it is read already, or as many others are as may be */
  async function readAlone(account: AccountId) {
    if (reading.has(account) || reading.size >= MOST_READING)
      throw new AppError("overloaded", "accounts are being read", RETRY_SECONDS);
    reading.add(account);
    try {
      return await table.read(account);
    } finally {
      reading.delete(account);
    }
  }

  return {
    /** What the server holds about the caller, who has proved both factors anew. @throws AppError "signed-out", "overloaded" */
    async read({ accountId }: Session, client: Client) {
      const data = await readAlone(accountId);
      if (!data) throw new AppError("signed-out", "no such account");
      await journal.record("data-export", "ok", client, accountId);
      return { ...data, journal: data.journal.map((row) => withoutDoer(row as typeof row & JournalOrigin)) };
    },
  };
}
