import { AppError } from "../../lib/protocol/errors.ts";
import type { Accounts } from "../database/accounts.ts";
import { checkPasswordText } from "../passwords/policy.ts";
import type { Client } from "./client.ts";
import type { Factors } from "./factors.ts";
import type { Journal } from "./journal.ts";
import type { Admission, SessionService } from "./sessions.ts";
import type { KnownBrowser } from "./tokens.ts";

interface StepUpDeps {
  accounts: Pick<Accounts, "findById">;
  factors: Factors;
  sessions: SessionService;
  journal: Journal;
}

/** Both factors once more, before something dangerous is done: a session alone may be stolen or left open. */
export function createStepUp({ accounts, factors, sessions, journal }: StepUpDeps) {
  return {
    /**
     * @returns the session's new `sid` for the cookie
     * @throws AppError "bad-credentials", "too-many-requests", "overloaded", "conflict" when another step-up of
     * this session came first, "step-up-required" in a session that began by an app password: a program runs it
     */
    async confirm(
      session: Admission,
      proof: { password: string; code: string },
      client: Client,
      browser: KnownBrowser | null,
    ): Promise<string> {
      if (session.byAppPassword) throw new AppError("step-up-required", "begun by an app password");
      checkPasswordText(proof.password);
      const account = await accounts.findById(session.accountId);
      if (!account) throw new AppError("signed-out", "no such account");
      const claim = { name: account.name, accountId: account.id, client, browser };
      await factors.attempt("step-up", claim, async () => {
        // Without the password no code is used up.
        const right = (await factors.isPassword(account, proof.password)) ? account : null;
        return (await factors.takeCode(right, proof.code, client)) ? right : null;
      });
      const sid = await sessions.stepUp(session);
      await journal.record("step-up", "ok", client, account.id);
      return sid;
    },
  };
}
