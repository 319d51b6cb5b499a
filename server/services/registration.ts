import { type AccountId, newId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Role } from "../database/accounts.ts";
import type { Database } from "../database/database.ts";
import type { PasswordHasher } from "../passwords/hasher.ts";
import { checkNewPassword } from "../passwords/policy.ts";
import { type Client, hashToken, newToken } from "./client.ts";
import type { FirstRun } from "./first-run.ts";
import type { Journal } from "./journal.ts";
import type { Policies } from "./policies.ts";
import type { SessionService } from "./sessions.ts";
import { registrationAttempts } from "./sign-in-limits.ts";
import type { Throttle } from "./throttle.ts";
import type { Totp } from "./totp.ts";

const PENDING_MS = 30 * 60_000;
/** Wrong codes before the form must be filled in again. */
const MAX_ATTEMPTS = 10;

export interface RegistrationDeps {
  database: Pick<Database, "accounts" | "registrations">;
  hasher: PasswordHasher;
  totp: Totp;
  throttle: Throttle;
  sessions: SessionService;
  journal: Journal;
  firstRun: FirstRun;
  policies: Pick<Policies, "current">;
  /** Shown by authenticator apps beside the account's name. */
  issuer: string;
  clock: () => number;
}

/** Name and password, then the first right TOTP code: only that code makes the account. */
export function createRegistration(deps: RegistrationDeps) {
  const { database, hasher, totp, throttle, sessions, journal, firstRun, policies, clock } = deps;

  /** Whoever holds the first-run link makes the administrator's account whatever the policy says. */
  function requireOpen(role: Role): void {
    if (role !== "administrator" && policies.current().registration === "closed")
      throw new AppError("registration-closed");
  }

  return {
    /** What a newcomer has to know before filling in the form. */
    terms() {
      const { registration, passwordChars } = policies.current();
      return { registration, passwordChars };
    },

    /**
     * @throws AppError "bad-password", "weak-password", "name-taken", "registration-closed",
     * "too-many-requests", "overloaded".
     */
    async start(
      form: { name: string; displayName: string; password: string; firstRunToken?: string | undefined },
      client: Client,
    ): Promise<{ registration: string; totpUri: string; totpSecret: string }> {
      const role = await firstRun.requireSeat(form.firstRunToken);
      requireOpen(role);
      checkNewPassword(form.password, [form.name, form.displayName], policies.current().passwordChars);
      await throttle.attempt(registrationAttempts(client));
      if (await database.accounts.isNameTaken(form.name)) throw new AppError("name-taken");
      const accountId = newId<AccountId>(clock());
      const { uri, text, ...sealed } = totp.create(accountId, form.name, deps.issuer);
      const { token, hash } = newToken();
      await database.registrations.insert(
        hash,
        {
          accountId,
          name: form.name,
          displayName: form.displayName,
          role,
          ...(await hasher.hash(form.password)),
          ...sealed,
        },
        clock() + PENDING_MS,
      );
      return { registration: token, totpUri: uri, totpSecret: text };
    },

    /**
     * @returns the new account and its first session.
     * @throws AppError "expired" when the registration is unknown, over or tried too often, "bad-code",
     * "name-taken" or "registration-closed" when somebody else was faster, or registration was closed meanwhile.
     */
    async confirm(
      step: { registration: string; code: string },
      client: Client,
    ): Promise<{ accountId: AccountId; sid: string }> {
      const idHash = hashToken(step.registration);
      const pending = await database.registrations.attempt(idHash, MAX_ATTEMPTS, clock());
      if (!pending) throw new AppError("expired", "no such registration");
      requireOpen(pending.role);
      const { accountId, ...rest } = pending;
      const totpLastStep = totp.matchStep(accountId, pending, step.code, 0);
      if (totpLastStep === null) throw new AppError("bad-code");
      if (!(await database.registrations.take(idHash))) throw new AppError("expired", "used already");
      const made = await firstRun.fill(pending.role, accountId, () =>
        database.accounts.insert({ ...rest, id: accountId, totpLastStep }, clock()),
      );
      if (!made) throw new AppError("name-taken");
      await journal.record("registration", "ok", client, accountId, pending.role);
      return { accountId, sid: await sessions.start(accountId, client) };
    },

    deleteExpired: () => database.registrations.deleteExpired(clock()),
  };
}
