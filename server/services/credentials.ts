import { AppError } from "../../lib/protocol/errors.ts";
import type { Account } from "../database/accounts.ts";
import type { Database } from "../database/database.ts";
import type { PasswordHasher } from "../passwords/hasher.ts";
import { checkNewPassword } from "../passwords/policy.ts";
import type { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import { createPendingTotp, type PendingTotpDeps } from "./pending-totp.ts";
import type { Policies } from "./policies.ts";
import type { Session, SessionService } from "./sessions.ts";
import type { SignInCodes } from "./sign-in-codes.ts";

export interface CredentialDeps extends PendingTotpDeps {
  database: Pick<Database, "accounts" | "pendingTotps" | "credentialChanges">;
  hasher: PasswordHasher;
  signInCodes: SignInCodes;
  sessions: SessionService;
  journal: Journal;
  policies: Pick<Policies, "current">;
}

/**
 * Replacing what signs a person in. Whoever else is signed in is signed out by it; keys are untouched, because
 * none of them was ever made from a password.
 */
export function createCredentials(deps: CredentialDeps) {
  const { hasher, signInCodes, sessions, journal, policies, clock } = deps;
  const { accounts, pendingTotps, credentialChanges } = deps.database;
  const pendingTotp = createPendingTotp(deps);

  async function requireAccount({ accountId }: Session): Promise<Account> {
    const account = await accounts.findById(accountId);
    if (!account) throw new AppError("signed-out", "no such account");
    return account;
  }

  const changeBy = ({ accountId, id }: Session) => ({ account: accountId, keep: id, now: clock() });

  return {
    /** What the person's own settings show. */
    async status(session: Session) {
      const [{ email, authenticatorMissed }, codes] = await Promise.all([
        requireAccount(session),
        signInCodes.status(session.accountId),
      ]);
      const { passwordChars } = policies.current();
      return { email, authenticatorMissed, signInCodes: codes, passwordChars };
    },

    /** @throws AppError "bad-password", "weak-password", "overloaded" */
    async changePassword(session: Session, password: string, client: Client): Promise<void> {
      const { id, name, displayName } = await requireAccount(session);
      checkNewPassword(password, [name, displayName], policies.current().passwordChars);
      const hash = await hasher.hash(password);
      sessions.forget(await credentialChanges.setPassword(changeBy(session), hash));
      await journal.record("password-changed", "ok", client, id);
    },

    /** The secret of a new authenticator. The old one counts until the new one's first right code. */
    startTotp: async (session: Session) => pendingTotp.start(await requireAccount(session)),

    /** @throws AppError "expired", "bad-code" */
    async confirmTotp(
      session: Session,
      step: { replacement: string; code: string },
      client: Client,
    ): Promise<void> {
      const { accountId } = session;
      const { hash, pending, used } = await pendingTotp.match(accountId, step);
      const ended = await credentialChanges.setTotp(changeBy(session), hash, pending, used);
      if (!ended) throw new AppError("expired", "used already");
      sessions.forget(ended);
      await journal.record("authenticator-replaced", "ok", client, accountId);
    },

    deleteExpired: () => pendingTotps.deleteExpired(clock()),
  };
}
