import type { AccountId, SessionId } from "../../lib/base/ids.ts";
import type { Sessions as SessionTable } from "../database/sessions.ts";
import type { Log } from "../log.ts";
import { dayOf } from "./day.ts";

/** So long it may wait to be written down together with others'. */
const GATHER_MS = 250;

/**
 * Writes down who was there, everybody of a moment at once: when a thousand people write in the same seconds, a
 * statement for each would hold up their messages. What a crash loses is a moment of idle limits.
 */
export function createActivity(table: Pick<SessionTable, "touch" | "markActive">, log: Log) {
  let sessions = new Set<SessionId>();
  /** Who is there for the first time today. */
  let accounts = new Set<AccountId>();
  let latest = 0;
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    clearTimeout(timer ?? undefined);
    timer = null;
    const [seen, active] = [[...sessions], [...accounts]];
    sessions = new Set();
    accounts = new Set();
    try {
      if (seen.length > 0) await table.touch(seen, latest);
      if (active.length > 0) await table.markActive(active, dayOf(latest));
    } catch (error) {
      log.warn({ err: error }, "sessions not touched");
    }
  }

  return {
    /** @param now milliseconds since 1970 */
    note(session: SessionId, account: AccountId, firstToday: boolean, now: number): void {
      sessions.add(session);
      if (firstToday) accounts.add(account);
      latest = Math.max(latest, now);
      timer ??= setTimeout(flush, GATHER_MS).unref();
    },

    /** Never rejects. */
    flush,
  };
}

export type Activity = ReturnType<typeof createActivity>;
