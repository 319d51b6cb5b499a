import { AppError } from "../../lib/protocol/errors.ts";
import { KEY_TYPE } from "../../lib/protocol/layout/certificate.ts";
import type { Database } from "../database/database.ts";
import type { IdentityResets } from "../database/identity-reset.ts";
import type { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import type { FirstKeys, KeyService } from "./keys.ts";
import type { Publish } from "./publish.ts";
import type { Session, SessionService } from "./sessions.ts";

export interface IdentityResetDeps {
  resets: IdentityResets;
  conversations: Pick<Database["conversations"], "contacts">;
  keys: Pick<KeyService, "checkFirst">;
  sessions: Pick<SessionService, "forget" | "setDevice">;
  journal: Journal;
  publish: Publish;
  clock: () => number;
}

/** All was lost: new keys in place of the old ones. What was sealed for the old ones stays closed. */
export function createIdentityReset({
  resets,
  conversations,
  keys,
  sessions,
  journal,
  publish,
  clock,
}: IdentityResetDeps) {
  return {
    /**
     * The caller has proved both factors anew. Ends every other session; contacts are told.
     * @throws AppError "bad-request", "conflict" when there are no keys to replace
     */
    async reset(session: Session, first: FirstKeys, client: Client): Promise<void> {
      const { accountId } = session;
      const ended = await resets.replace({
        account: accountId,
        keep: session.id,
        signingType: KEY_TYPE.encode("signing"),
        keys: await keys.checkFirst(accountId, first),
        now: clock(),
      });
      if (!ended) throw new AppError("conflict", "no keys to replace");
      sessions.forget(ended);
      await sessions.setDevice(session, first.device.id);
      await journal.record("identity-reset", "ok", client, accountId);
      const members = [accountId, ...(await conversations.contacts(accountId))];
      publish({ type: "identity", members, account: accountId });
    },
  };
}
