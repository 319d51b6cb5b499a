import { type AccountId, newId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Database } from "../database/database.ts";
import type { Arrival } from "../database/new-accounts.ts";
import type { PasswordHasher } from "../passwords/hasher.ts";
import { checkNewPassword } from "../passwords/policy.ts";
import type { AccessRules } from "./access-rules.ts";
import type { AdmissionService, Admitted } from "./admission.ts";
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
  database: Pick<Database, "accounts" | "newAccounts" | "registrations">;
  admission: AdmissionService;
  hasher: PasswordHasher;
  totp: Totp;
  throttle: Throttle;
  sessions: SessionService;
  journal: Journal;
  firstRun: FirstRun;
  policies: Pick<Policies, "current">;
  accessRules: Pick<AccessRules, "require">;
  /** Shown by authenticator apps beside the account's name. */
  issuer: string;
  clock: () => number;
}

/** Name and password, then the first right TOTP code: only that code makes the account. */
export function createRegistration(deps: RegistrationDeps) {
  const {
    database,
    admission,
    hasher,
    totp,
    throttle,
    sessions,
    journal,
    firstRun,
    policies,
    accessRules,
    clock,
  } = deps;
  const { accounts, newAccounts, registrations } = database;

  return {
    terms: admission.terms,
    readInvitation: admission.read,

    /**
     * @throws AppError "registration-closed", "access-refused", "invitation-over", "email-refused", "bad-password", "weak-password",
     * "name-taken", "email-taken", "too-many-requests", "overloaded".
     */
    async start(
      form: {
        name: string;
        displayName: string;
        password: string;
        email?: string | undefined;
        firstRunToken?: string | undefined;
        invitation?: string | undefined;
      },
      client: Client,
    ): Promise<{ registration: string; totpUri: string; totpSecret: string }> {
      const email = form.email ?? null;
      // Whoever holds the first-run link makes the administrator's account whatever the policies say.
      const isFirst = (await firstRun.requireSeat(form.firstRunToken)) === "administrator";
      const admitted: Admitted = isFirst
        ? { role: "administrator", invitation: null }
        : await admission.admit({ invitation: form.invitation, email });
      if (!isFirst) await accessRules.require("server", { accountId: null, email }, client);
      checkNewPassword(form.password, [form.name, form.displayName], policies.current().passwordChars);
      await throttle.attempt(registrationAttempts(client));
      if (await accounts.isNameTaken(form.name)) throw new AppError("name-taken");
      if (email && (await accounts.isEmailTaken(email))) throw new AppError("email-taken");
      const accountId = newId<AccountId>(clock());
      const { uri, text, ...sealed } = totp.create(accountId, form.name, deps.issuer);
      const { token, hash } = newToken();
      await registrations.insert(
        hash,
        {
          accountId,
          name: form.name,
          displayName: form.displayName,
          email,
          ...admitted,
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
     * "name-taken", "email-taken", "invitation-over", "registration-closed" or "access-refused" when somebody else was faster, or that was
     * changed meanwhile.
     */
    async confirm(
      step: { registration: string; code: string },
      client: Client,
    ): Promise<{ accountId: AccountId; sid: string }> {
      const idHash = hashToken(step.registration);
      const pending = await registrations.attempt(idHash, MAX_ATTEMPTS, clock());
      if (!pending) throw new AppError("expired", "no such registration");
      const { accountId, invitation, ...rest } = pending;
      const isFirst = rest.role === "administrator" && invitation === null;
      if (!isFirst) {
        admission.requireOpen(invitation !== null);
        await accessRules.require("server", { accountId: null, email: rest.email }, client);
      }
      const totpLastStep = totp.matchStep(accountId, pending, step.code, 0);
      if (totpLastStep === null) throw new AppError("bad-code");
      if (!(await registrations.take(idHash))) throw new AppError("expired", "used already");
      const account = { ...rest, id: accountId, totpLastStep };
      let arrival: Arrival = "name-taken";
      await firstRun.fill(isFirst ? "administrator" : "member", accountId, async () => {
        arrival = await newAccounts.insert(account, clock(), invitation);
        return arrival === "made";
      });
      requireMade(arrival);
      const detail = invitation ? `${rest.role} by invitation ${invitation}` : rest.role;
      await journal.record("registration", "ok", client, accountId, detail);
      return { accountId, sid: await sessions.start(accountId, client) };
    },

    deleteExpired: () => registrations.deleteExpired(clock()),
  };
}

/** @throws AppError of that name */
function requireMade(arrival: Arrival): void {
  if (arrival !== "made") throw new AppError(arrival);
}
