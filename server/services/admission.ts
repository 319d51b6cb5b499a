import type { ServerInvitationId } from "../../lib/base/ids.ts";
import { matchesEmailPattern } from "../../lib/protocol/email-patterns.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Role } from "../database/accounts.ts";
import type { InvitationRow, Invitations, Suggested } from "../database/invitations.ts";
import { hashToken } from "./client.ts";
import type { Policies } from "./policies.ts";

/** What a newcomer is let in as. */
export interface Admitted {
  readonly role: Role;
  readonly invitation: ServerInvitationId | null;
}

/** Who may make an account: what whoever runs the server has set, and the invitations that were given out. */
export function createAdmission(
  invitations: Pick<Invitations, "findGood">,
  policies: Pick<Policies, "current">,
  clock: () => number,
) {
  /**
   * Unknown, used up, revoked and over are one answer.
   * @throws AppError "invitation-over"
   */
  async function require(token: string): Promise<InvitationRow> {
    const found = await invitations.findGood(hashToken(token), clock());
    if (!found) throw new AppError("invitation-over");
    return found;
  }

  /** @throws AppError "registration-closed" */
  function requireOpen(isInvited: boolean): void {
    const { registration } = policies.current();
    if (registration === "closed" || (registration === "invitation" && !isInvited))
      throw new AppError("registration-closed");
  }

  /** @param promised the address of the invitation: whoever wrote it has judged that one. @throws AppError "email-refused" */
  function checkEmail(email: string | null, promised: string | null): void {
    const { allowedEmails, deniedEmails, registrationEmail } = policies.current();
    if (email === null) {
      if (registrationEmail === "required" || allowedEmails !== "")
        throw new AppError("email-refused", "none");
      return;
    }
    if (email.toLowerCase() === promised?.toLowerCase()) return;
    const isAllowed = allowedEmails === "" || matchesEmailPattern(email, allowedEmails);
    if (!isAllowed || matchesEmailPattern(email, deniedEmails)) throw new AppError("email-refused");
  }

  return {
    /** What a newcomer has to know before filling in the form. */
    terms() {
      const { registration, passwordChars, registrationEmail, allowedEmails } = policies.current();
      return { registration, passwordChars, email: allowedEmails === "" ? registrationEmail : "required" };
    },

    /** What the form may say to whoever holds this one. @throws AppError "invitation-over" */
    async read(token: string): Promise<Suggested> {
      const { name, displayName, email } = await require(token);
      return { name, displayName, email };
    },

    /** @throws AppError "registration-closed", "invitation-over", "email-refused" */
    async admit(form: { invitation: string | undefined; email: string | null }): Promise<Admitted> {
      requireOpen(form.invitation !== undefined);
      const invitation = form.invitation === undefined ? null : await require(form.invitation);
      checkEmail(form.email, invitation?.email ?? null);
      return { role: invitation?.role ?? "member", invitation: invitation?.id ?? null };
    },

    requireOpen,
  };
}

export type AdmissionService = ReturnType<typeof createAdmission>;
