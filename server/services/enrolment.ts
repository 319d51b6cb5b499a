import type { AccountId, SessionId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Account } from "../database/accounts.ts";
import type { Database } from "../database/database.ts";
import { checkPasswordText } from "../passwords/policy.ts";
import { type Client, hashToken, newToken } from "./client.ts";
import type { Factors } from "./factors.ts";
import type { Journal } from "./journal.ts";
import { createPendingTotp, type PendingTotpDeps } from "./pending-totp.ts";

/** How long a link is good for. */
const LINK_MS = 24 * 3_600_000;

export interface EnrolmentDeps extends PendingTotpDeps {
  database: Pick<Database, "accounts" | "enrolments" | "pendingTotps" | "credentialChanges">;
  factors: Factors;
  journal: Journal;
}

/**
 * A new authenticator for whoever has lost the old one and every code, or must not go on with it. It takes the password and a
 * link that an administrator handed over: neither of the two is enough, and nobody signs in with either.
 */
export function createEnrolment(deps: EnrolmentDeps) {
  const { factors, totp, journal, issuer, clock } = deps;
  const { accounts, enrolments, credentialChanges } = deps.database;
  const pendingTotp = createPendingTotp(deps);

  /** @throws AppError "expired": unknown, used, replaced and over are one answer */
  async function require(token: string): Promise<Account> {
    const id = await enrolments.find(hashToken(token), clock());
    const account = id && (await accounts.findById(id));
    if (!account) throw new AppError("expired", "no such link");
    return account;
  }

  return {
    /**
     * Authenticator, sign-in codes and sessions end at once; an earlier link with them. The caller forgets the sessions, and
     * writes it down.
     * @returns the link's secret, which is kept nowhere here
     * @throws AppError "not-found"
     */
    async end(id: AccountId): Promise<{ token: string; expiresAt: number; sessions: SessionId[] }> {
      const account = await accounts.findById(id);
      if (!account) throw new AppError("not-found", "no such account");
      const { token, hash: tokenHash } = newToken();
      const expiresAt = clock() + LINK_MS;
      // Shown to nobody: what no app has gives no right code.
      const { totpSecret, totpKeyVersion } = totp.create(id, account.name, issuer);
      const unknown = { totpSecret, totpKeyVersion };
      const sessions = await credentialChanges.endTotp(id, unknown, { tokenHash, expiresAt }, clock());
      if (!sessions) throw new AppError("not-found", "deleted meanwhile");
      return { token, expiresAt, sessions };
    },

    /** @throws AppError "expired", "bad-password" (bytes that are none), "bad-credentials", "too-many-requests", "overloaded" */
    async start(form: { enrolment: string; password: string }, client: Client) {
      checkPasswordText(form.password);
      const account = await require(form.enrolment);
      const { id, name } = account;
      const claim = { name, accountId: id, client, browser: null };
      await factors.attempt("authenticator-replaced", claim, async () =>
        (await factors.isPassword(account, form.password)) ? account : null,
      );
      return pendingTotp.start(account);
    },

    /** Uses the link up; signing in comes after it. @throws AppError "expired", "bad-code" */
    async confirm(
      step: { enrolment: string; replacement: string; code: string },
      client: Client,
    ): Promise<void> {
      const { id } = await require(step.enrolment);
      const { hash, pending, used } = await pendingTotp.match(id, step);
      const linkHash = hashToken(step.enrolment);
      if (!(await credentialChanges.enrol(id, linkHash, hash, pending, used, clock())))
        throw new AppError("expired", "used already");
      await journal.record("authenticator-replaced", "ok", client, id, "by a link");
    },

    deleteExpired: () => enrolments.deleteExpired(clock()),
  };
}

export type Enrolment = ReturnType<typeof createEnrolment>;
