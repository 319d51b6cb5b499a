import { createHash } from "node:crypto";
import { type Bytes, concat, u64, utf8 } from "../../lib/base/bytes.ts";
import { encodeFields } from "../../lib/base/fields.ts";
import { type AccountId, idToBytes } from "../../lib/base/ids.ts";
import type { ChainedEntry, JournalEntry, JournalHead, JournalTable } from "../database/journal.ts";
import type { Log } from "../log.ts";
import type { Client } from "./client.ts";
import type { Publish } from "./publish.ts";

export type JournalEvent =
  | "registration"
  | "sign-in"
  | "sign-out"
  | "step-up"
  | "session-end"
  | "session-revoked"
  | "sessions-revoked"
  | "keys-made"
  | "keys-renewed"
  | "recovery-code-replaced"
  | "identity-reset"
  | "device-added"
  | "link-answered"
  | "link-cancelled"
  | "password-changed"
  | "authenticator-ended"
  | "authenticator-replaced"
  | "sign-in-codes-made"
  | "sign-in-code-used"
  | "profile-changed"
  | "email-changed"
  | "device-renamed"
  | "device-removed"
  | "access-denied"
  | "data-export"
  | "account-deletion"
  | "account-restrained"
  | "restraint-lifted"
  | "role-changed"
  | "invitations-made"
  | "invitation-revoked"
  | "policy-changed";

export type Outcome = "ok" | "failed" | "throttled" | "suspicious";

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
  "email-changed",
  "data-export",
] as const satisfies readonly JournalEvent[];

/** The chain: h_i = SHA-256(h_{i-1} ‖ enc(label, id, time, event, outcome, account, session, address, agent, detail)). */
export function journalHash(previous: Uint8Array, id: number, entry: JournalEntry): Bytes {
  const fields = encodeFields(
    utf8("sceau/1/journal"),
    u64(id),
    u64(entry.at),
    utf8(entry.event),
    utf8(entry.outcome),
    entry.accountId ? idToBytes(entry.accountId) : new Uint8Array(),
    entry.sessionId ? idToBytes(entry.sessionId) : new Uint8Array(),
    utf8(entry.address),
    utf8(entry.agent),
    utf8(entry.detail),
  );
  return new Uint8Array(createHash("sha256").update(concat(previous, fields)).digest());
}

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

function chain(head: JournalHead | null, entries: readonly JournalEntry[]): ChainedEntry[] {
  let { id, hash } = head ?? { id: 0, hash: new Uint8Array(32) };
  return entries.map((entry) => {
    id += 1;
    hash = journalHash(hash, id, entry);
    return { ...entry, id, hash };
  });
}
