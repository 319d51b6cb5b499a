import { type AccountId, type AppPasswordId, newId, type SessionId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Database } from "../database/database.ts";
import { checkPasswordText } from "../passwords/policy.ts";
import type { AccessRules } from "./access-rules.ts";
import { hashAppPassword } from "./app-passwords.ts";
import { type Client, hashToken, newToken } from "./client.ts";
import type { Claim, Factors } from "./factors.ts";
import type { Journal } from "./journal.ts";
import type { SessionService } from "./sessions.ts";
import { startAttempts } from "./sign-in-limits.ts";
import { findSuspicions } from "./suspicion.ts";
import type { Throttle } from "./throttle.ts";
import type { KnownBrowser } from "./tokens.ts";

/** In the journal. */
const APP_PASSWORD = "app-password";
const CHALLENGE_MS = 5 * 60_000;
/** Codes tried under one challenge, throttled ones too: each challenge is a bcrypt. */
const MAX_CODES = 10;

export interface SignInDeps {
  database: Pick<Database, "accounts" | "appPasswords" | "challenges" | "journal">;
  factors: Factors;
  throttle: Throttle;
  sessions: SessionService;
  journal: Journal;
  accessRules: Pick<AccessRules, "mayEnter">;
  clock: () => number;
}

/**
 * Two steps without an oracle. Step 1 takes name and password and always answers with a challenge, after one
 * bcrypt whether the name exists or not; step 2 takes the code and judges both factors at once.
 */
export function createSignIn({
  database,
  factors,
  throttle,
  sessions,
  journal,
  accessRules,
  clock,
}: SignInDeps) {
  const { accounts, appPasswords, challenges } = database;

  /**
   * Told only to whoever has both factors. Asked when the session is there: what comes later ends it, or is judged at its
   * every request.
   * @throws AppError "account-suspended", "account-banned", "access-refused"
   */
  async function refuseShutOut(id: AccountId, session: SessionId, client: Client): Promise<void> {
    const account = await accounts.findById(id);
    const restraint = account?.restraint;
    if (!accessRules.mayEnter("server", account?.email ?? null, client)) {
      await sessions.revoke(session);
      await journal.record("sign-in", "failed", client, id, "access rules");
      throw new AppError("access-refused", "sign-in");
    }
    if (!restraint || restraint.kind === "muted") return;
    if (restraint.until !== null && restraint.until <= clock()) return;
    await sessions.revoke(session);
    await journal.record("sign-in", "failed", client, id, restraint.kind);
    throw new AppError(`account-${restraint.kind}`, restraint.kind, undefined, {
      reason: restraint.reason,
      until: restraint.until,
    });
  }

  /**
   * Into a session that is there only if nothing has changed until it was.
   * @param by the app password, where one stands for both factors
   * @param holds whether what was proved still counts; asked when the session is there
   */
  async function enter(
    id: AccountId,
    { client, browser }: Pick<Claim, "client" | "browser">,
    by: AppPasswordId | null,
    holds: () => Promise<boolean>,
  ): Promise<{ accountId: AccountId; sid: string }> {
    const suspicion = (await findSuspicions(database.journal, id, client, browser)).join(" ");
    const sid = await sessions.start(id, client, suspicion, by);
    const session = sessions.idOf(sid);
    // Only now: a change that comes later ends this session, one that came earlier is seen here.
    if (!(await holds())) {
      await sessions.revoke(session);
      throw new AppError("expired", "a credential was replaced meanwhile");
    }
    await refuseShutOut(id, session, client);
    const detail = [suspicion, by && APP_PASSWORD].filter(Boolean).join(" ");
    await journal.record("sign-in", suspicion ? "suspicious" : "ok", { ...client, session }, id, detail);
    return { accountId: id, sid };
  }

  return {
    /** @throws AppError "bad-password" for bytes that are no password, "too-many-requests", "overloaded". */
    async start(form: { name: string; password: string }, client: Client): Promise<{ challenge: string }> {
      checkPasswordText(form.password);
      const startedAt = clock();
      await throttle.attempt(startAttempts(client));
      const account = await accounts.findByName(form.name);
      const passwordOk = await factors.isPassword(account, form.password);
      const { token, hash } = newToken();
      const name = form.name.replace(/[^\x20-\x7e]/g, "?").slice(0, 32);
      await challenges.insert(
        hash,
        { name, accountId: account?.id ?? null, passwordOk },
        startedAt + CHALLENGE_MS,
      );
      return { challenge: token };
    },

    /**
     * @param browser that somebody has signed in with before; counted apart if that was this account
     * @throws AppError "bad-credentials" (never saying which factor), "too-many-requests", "expired" when
     * the challenge is unknown, over or used, or "account-suspended", "account-banned" and "access-refused" when both factors are right.
     */
    async confirm(
      step: { challenge: string; code: string },
      client: Client,
      browser: KnownBrowser | null,
    ): Promise<{ accountId: AccountId; sid: string }> {
      const idHash = hashToken(step.challenge);
      const challenge = await challenges.find(idHash, clock());
      if (!challenge) throw new AppError("expired", "no such challenge");
      if (!(await challenges.attempt(idHash, MAX_CODES))) throw new AppError("expired", "too many codes");
      const { name, accountId, passwordOk, expiresAt } = challenge;
      const claim = { name, accountId, client, browser };
      const account = await factors.attempt("sign-in", claim, async () => {
        // The same statements whatever is wrong, a name that does not exist included.
        const found = await accounts.findByName(name);
        const right = found && found.id === accountId && passwordOk ? found : null;
        if (!(await factors.takeCode(right, step.code, client))) return null;
        return (await challenges.take(idHash)) ? right : null;
      });
      const begun = expiresAt - CHALLENGE_MS;
      return enter(
        account.id,
        claim,
        null,
        async () => !(await accounts.haveCredentialsChanged(account.id, begun)),
      );
    },

    /**
     * One step, for programs. Counted as any other sign-in, but no bcrypt: there is nothing that could be guessed.
     * @throws AppError "bad-credentials" (never saying what is wrong), "too-many-requests", "expired" when it was removed in
     * this moment, "account-suspended", "account-banned" and "access-refused" as `confirm`
     */
    async byAppPassword(
      form: { name: string; appPassword: string },
      client: Client,
      browser: KnownBrowser | null,
    ): Promise<{ accountId: AccountId; sid: string }> {
      // Refused at this one, a flood of names leaves no row of its own for each.
      await throttle.attempt(startAttempts(client));
      const known = await accounts.findByName(form.name);
      const claim = {
        name: form.name.replace(/[^\x20-\x7e]/g, "?").slice(0, 32),
        accountId: known?.id ?? null,
        ...{ client, browser, by: APP_PASSWORD },
      };
      const found = await factors.attempt("sign-in", claim, async () => {
        const id = await appPasswords.find(known?.id ?? newId(), hashAppPassword(form.appPassword));
        return id && known && { id, accountId: known.id };
      });
      return enter(found.accountId, claim, found.id, () => appPasswords.use(found.id, clock()));
    },

    deleteExpired: () => challenges.deleteExpired(clock()),
  };
}
