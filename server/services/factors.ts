import { type AccountId, newId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { SIGN_IN_CODE_SHAPE } from "../../lib/protocol/sign-in-code.ts";
import type { Account, Accounts, Credentials, NewAccount } from "../database/accounts.ts";
import type { PasswordHasher } from "../passwords/hasher.ts";
import type { Client } from "./client.ts";
import type { DailyCounts } from "./daily-counts.ts";
import type { Journal, JournalEvent } from "./journal.ts";
import { createMinuteLimit } from "./minute-limit.ts";
import type { SignInCodes } from "./sign-in-codes.ts";
import { accountAttempts, browserAttempts, networkOf, sharedAttempts } from "./sign-in-limits.ts";
import type { Throttle } from "./throttle.ts";
import type { KnownBrowser } from "./tokens.ts";
import type { Totp } from "./totp.ts";

/** Who says to be whom, from where. */
export interface Claim {
  /** Of the account, as typed: a name that does not exist is counted like one that does. */
  readonly name: string;
  readonly accountId: AccountId | null;
  readonly client: Client;
  /** That somebody has signed in with before; counted apart if that was this account. */
  readonly browser: KnownBrowser | null;
  /** By what else than both factors, for the journal. */
  readonly by?: string;
}

export interface FactorDeps {
  accounts: Pick<Accounts, "consumeTotpStep" | "replacePasswordHash">;
  hasher: PasswordHasher;
  totp: Totp;
  signInCodes: SignInCodes;
  throttle: Throttle;
  journal: Journal;
  counts: Pick<DailyCounts, "add">;
  clock: () => number;
}

/** Password and second factor: how they are judged and counted, wherever they are asked for. */
export function createFactors(deps: FactorDeps) {
  const { accounts, hasher, totp, signInCodes, throttle, journal, counts, clock } = deps;
  /** A throttled attempt is counted nowhere: without this, anybody could bury what happened to an account under them. */
  const throttled = createMinuteLimit(1);

  async function rehash({ id, passwordHash }: Pick<Account, "id"> & Credentials, password: string) {
    await accounts.replacePasswordHash(id, passwordHash, await hasher.hash(password));
  }

  return {
    /** One bcrypt, whether there is such an account or not. */
    async isPassword(
      account: (Pick<Account, "id"> & Credentials) | null,
      password: string,
    ): Promise<boolean> {
      const isRight = await hasher.verify(password, account);
      if (account && isRight && hasher.isOutdated(account)) {
        // Not waited for: an answer after two bcrypts would say that the password is right.
        rehash(account, password).catch(() => {
          // The next sign-in tries again.
        });
      }
      return isRight;
    },

    /**
     * @param account null where it is known already that nothing is right: that takes as many statements
     * @param code six digits of the authenticator, or a sign-in code in its place
     * @returns whether the code is right and was not used before; it is now.
     */
    async takeCode(account: NewAccount | null, code: string, client: Client): Promise<boolean> {
      if (SIGN_IN_CODE_SHAPE.test(code)) return signInCodes.take(account?.id ?? newId(), code, client);
      if (!account) return false;
      const step = totp.matchStep(account.id, account, code, account.totpLastStep);
      return step !== null && accounts.consumeTotpStep(account.id, step);
    },

    /**
     * One attempt: counted before `judge` is asked, so that parallel tries gain nothing, given back when it was
     * right, and written down unless it was; throttled ones once a minute.
     * @param judge tells whose factors these are; null when one of them is wrong
     * @throws AppError "bad-credentials" (never saying which factor), "too-many-requests"
     */
    async attempt<T>(event: JournalEvent, claim: Claim, judge: () => Promise<T | null>): Promise<T> {
      const { name, accountId, client, browser, by = "" } = claim;
      const detail = [accountId ? "" : "unknown name", by].filter(Boolean).join(" ");
      const isKnown = browser !== null && browser.accountId === accountId;
      const own = isKnown ? browserAttempts(browser) : accountAttempts(name);
      const shared = isKnown ? [] : sharedAttempts(client);
      try {
        await throttle.attempt([own, ...shared]);
      } catch (error) {
        if (event === "sign-in") counts.add("failed-sign-ins");
        // A name that nobody has is anybody's choice: of these, one for all from there.
        const whose = accountId ?? networkOf(client.address);
        if (error instanceof AppError && throttled.take(`${event} ${whose}`, clock()))
          await journal.record(event, "throttled", client, accountId, detail);
        throw error;
      }
      const account = await judge();
      if (!account) {
        if (event === "sign-in") counts.add("failed-sign-ins");
        await journal.record(event, "failed", client, accountId, detail);
        throw new AppError("bad-credentials");
      }
      await throttle.succeed([own], shared);
      if (event === "sign-in") counts.add("sign-ins");
      return account;
    },
  };
}

export type Factors = ReturnType<typeof createFactors>;
