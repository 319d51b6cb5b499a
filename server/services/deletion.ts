import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { KEY_TYPE } from "../../lib/protocol/layout/certificate.ts";
import type { Account } from "../database/accounts.ts";
import type { Database } from "../database/database.ts";
import type { Departure } from "../database/deletions.ts";
import type { Log } from "../log.ts";
import { type Client, SERVER } from "./client.ts";
import type { ConversationService } from "./conversations.ts";
import type { Journal } from "./journal.ts";
import { byDoer, type Doer } from "./journal-doer.ts";
import type { Publish } from "./publish.ts";
import type { RecordService } from "./records.ts";
import type { Session, SessionService } from "./sessions.ts";
import { accountAttempts, browserAttempts } from "./sign-in-limits.ts";
import { throttleKey } from "./throttle.ts";

/** By then all is stored that was let in before: by another node, which still knew the session, or while the database was slow. */
const LATE_MS = 60_000;

const REFUSALS = {
  gone: "signed-out",
  stale: "conflict",
  "last-administrator": "last-administrator",
} as const;

export interface DeletionDeps {
  database: Pick<Database, "accounts" | "deletions" | "leases" | "sessions">;
  conversations: ConversationService;
  records: RecordService;
  sessions: Pick<SessionService, "forget" | "ofAccount">;
  journal: Journal;
  publish: Publish;
  log: Log;
  clock: () => number;
}

/** The end of an account, at once and for good. */
export function createDeletion(deps: DeletionDeps) {
  const { database, conversations, records, sessions, journal, publish, log, clock } = deps;
  const { accounts, deletions, leases } = database;
  const running = new Map<AccountId, Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();

  async function eraseAll(account: AccountId, isAfterRestart: boolean): Promise<void> {
    const deletedAt = await deletions.deletedAt(account);
    // Another node may have finished it.
    if (deletedAt === null) return;
    const isEarly = Math.abs(clock() - deletedAt) < LATE_MS;
    // The crash may have come before the entry.
    if (isAfterRestart)
      await journal.record("account-deletion", "ok", SERVER, account, "finished after a restart");
    await deletions.eraseMessages(account);
    await deletions.deleteUnreachable(account);
    if (isEarly) eraseLater(account);
    else await deletions.finish(account);
  }

  /** Once more; where the server is stopped before, by whoever resumes. */
  function eraseLater(account: AccountId): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      erase(account);
    }, LATE_MS);
    timers.add(timer.unref());
  }

  /** Not waited for by whoever deletes: the account is gone already, and it may have written for years. */
  function erase(account: AccountId, isAfterRestart = false): void {
    if (running.has(account)) return;
    const work = leases
      .exclusively(`erase.${account}`, () => eraseAll(account, isAfterRestart))
      .catch((error) => log.error({ err: error, account }, "messages not erased yet"))
      .finally(() => running.delete(account));
    running.set(account, work);
  }

  /** @param detail for the journal: whose doing it was, where it was somebody else's */
  async function end(account: Account, departures: readonly Departure[], client: Client, detail = "") {
    const { id: accountId, name } = account;
    const living = await sessions.ofAccount(accountId);
    const deleted = await deletions.deleteAccount({
      account: accountId,
      departures,
      signingType: KEY_TYPE.encode("signing"),
      throttleKeys: [
        accountAttempts(name),
        ...living.map(({ id }) => browserAttempts({ id, accountId })),
      ].map(throttleKey),
      now: clock(),
    });
    if (deleted.outcome !== "deleted") {
      if (deleted.outcome === "last-administrator")
        await journal.record("account-deletion", "failed", client, accountId, "last administrator");
      throw new AppError(REFUSALS[deleted.outcome], deleted.outcome);
    }
    sessions.forget(deleted.sessions);
    for (const [conversation, { kind, members, recordNumber: number }] of deleted.left) {
      conversations.forget(conversation);
      publish(
        kind === "direct"
          ? { type: "closed", members, conversation }
          : { type: "record", members, conversation, number },
      );
    }
    erase(accountId);
    await journal.record("account-deletion", "ok", client, accountId, detail);
  }

  return {
    /**
     * The caller has proved both factors anew.
     * @param form the account's name as typed, and a signed record of leaving for each conversation whose chain
     * this browser accepts; in the others the server's word has to do
     * @throws AppError "bad-request", "last-administrator", "conflict" when a record was appended meanwhile
     */
    async delete(
      session: Session,
      form: {
        name: string;
        departures: readonly { conversation: ConversationId; record: Bytes }[];
      },
      client: Client,
    ): Promise<void> {
      const { accountId } = session;
      const account = await accounts.findById(accountId);
      if (!account) throw new AppError("signed-out", "no such account");
      if (form.name !== account.name) throw new AppError("bad-request", "another name");
      const departures: Departure[] = [];
      for (const { conversation, record } of form.departures)
        departures.push(await records.requireDeparture(session, conversation, record, client));
      await end(account, departures, client);
    },

    /**
     * Somebody else's, by an administrator who has proved both factors anew. Nobody can sign for the person that they left:
     * in every conversation the server's word has to do.
     * @param name the account's, as typed
     * @throws AppError "not-found", "bad-request", "last-administrator"
     */
    async deleteFor(actor: { readonly accountId: Doer }, id: AccountId, name: string, client: Client) {
      const account = await accounts.findById(id);
      if (!account) throw new AppError("not-found", "no such account");
      if (name !== account.name) throw new AppError("bad-request", "another name");
      await end(account, [], client, byDoer(actor.accountId));
    },

    /** Goes on with what a crash or an absent database interrupted. @param first at the server's start */
    async resume(first: boolean): Promise<void> {
      for (const account of await deletions.unfinished()) erase(account, first);
    },

    async drain(): Promise<void> {
      await Promise.all(running.values());
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

export type Deletion = ReturnType<typeof createDeletion>;
