import type { AccountId } from "../../lib/base/ids.ts";
import type { JournalEvent, JournalOutcome } from "../../lib/protocol/http/admin/journal.ts";
import type { JournalEntry, JournalTable } from "../database/journal.ts";
import type { Log } from "../log.ts";
import type { Client } from "./client.ts";
import { chain } from "./journal-chain.ts";
import type { Publish } from "./publish.ts";

export type { JournalEvent };
export type Outcome = JournalOutcome;

/**
 * What went well and is told to the account's other sessions: what somebody who got in would do next. Whatever is
 * suspicious is told as well.
 */
export const NOTICES = [
  "recovery-code-replaced",
  "identity-reset",
  "device-added",
  "device-removed",
  "password-changed",
  "authenticator-replaced",
  "sign-in-codes-made",
  "sign-in-code-used",
  "app-password-made",
  "email-changed",
  "data-export",
] as const satisfies readonly JournalEvent[];

/** What happened to accounts and sessions, in one hash chain. Entries that arrive together share a commit. */
export function createJournal(
  table: Pick<JournalTable, "append">,
  publish: Publish,
  log: Log,
  clock: () => number,
) {
  let waiting: { entry: JournalEntry; done: () => void; failed: (error: unknown) => void }[] = [];
  let writing = false;

  async function drain(): Promise<void> {
    if (writing) return;
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await table.append((head) =>
          chain(
            head,
            batch.map(({ entry }) => entry),
          ),
        );
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    writing = false;
  }

  return {
    /** Resolves when the entry is durable: what is answered has been written down. */
    async record(
      event: JournalEvent,
      outcome: Outcome,
      client: Client,
      accountId: AccountId | null,
      detail = "",
    ): Promise<void> {
      const { address, agent, session: sessionId = null } = client;
      const what = { at: clock(), event, outcome, accountId, sessionId };
      const entry = { ...what, address, agent, detail: detail.slice(0, 255) };
      log.info({ event, outcome, account: accountId, address }, "journal");
      await new Promise<void>((done, failed) => {
        waiting.push({ entry, done, failed });
        void drain();
      });
      if (accountId && isNotice(event, outcome))
        publish({ type: "notice", account: accountId, except: sessionId });
    },
  };
}

function isNotice(event: JournalEvent, outcome: Outcome): boolean {
  return outcome === "suspicious" || (outcome === "ok" && NOTICES.some((notice) => notice === event));
}

export type Journal = ReturnType<typeof createJournal>;
