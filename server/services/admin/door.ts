import { AppError } from "../../../lib/protocol/errors.ts";
import { may, type Permission } from "../../../lib/protocol/permissions.ts";
import type { AccessRules } from "../access-rules.ts";
import type { Client } from "../client.ts";
import type { Journal } from "../journal.ts";
import { createMinuteLimit } from "../minute-limit.ts";
import type { Admission, SessionService } from "../sessions.ts";

/** Of one account, that are written down. */
const DENIALS_A_MINUTE = 10;

/** The only way into the administration. */
export function createAdminDoor(
  sessions: Pick<SessionService, "requireAdministration">,
  accessRules: Pick<AccessRules, "require">,
  journal: Journal,
  clock: () => number,
) {
  const denials = createMinuteLimit(DENIALS_A_MINUTE);

  return {
    /**
     * @param attended whether the person is there: it moves the administration's idle limit
     * @throws AppError "not-found" without the permission, as for an address that is none; "access-refused" from where access
     * rules let nobody in; "step-up-required" when the administration was not in use
     */
    async enter(
      { id, accountId, role, email }: Admission,
      permission: Permission,
      client: Client,
      attended: boolean,
    ): Promise<void> {
      if (!may(role, permission)) {
        if (denials.take(accountId, clock()))
          await journal.record("access-denied", "failed", client, accountId, `permission ${permission}`);
        throw new AppError("not-found", `not permitted: ${permission}`);
      }
      await accessRules.require("admin", { accountId, email }, client);
      await sessions.requireAdministration(id, attended);
    },
  };
}
