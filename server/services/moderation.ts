import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { actingRole } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Database } from "../database/database.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { Client } from "./client.ts";
import type { ConversationService } from "./conversations.ts";
import type { Publish } from "./publish.ts";
import type { Session } from "./sessions.ts";

/** What moderators do that is the server's to enforce. */
export function createModerationService(
  { moderation }: Pick<Database, "moderation">,
  conversations: ConversationService,
  publish: Publish,
  clock: () => number,
) {
  return {
    /**
     * @param until milliseconds since 1970; null lets the member write again
     * @throws AppError "not-found" also for who may not, "bad-request" for oneself and in a direct conversation
     */
    async mute(
      session: Session,
      id: ConversationId,
      { account, until }: { readonly account: AccountId; readonly until: number | null },
      client: Client,
    ): Promise<void> {
      const { kind, seats } = await conversations.requireModerator(session, id, client);
      if (kind === "direct" || account === session.accountId)
        throw new AppError("bad-request", "nobody to mute");
      const target = actingRole(seats, account);
      const outranked = actingRole(seats, session.accountId) === "owner" || target === "member";
      if (target === null || !outranked) throw new AppError("not-found", "not one's to mute");
      const muted = { at: clock(), author: session.accountId, account, until };
      if (!(await moderation.mute(id, muted))) throw new AppError("not-found", "not a member any more");
      conversations.forget(id);
      publish({ type: "muted", account, conversation: id, until });
    },

    /** Newest first, for those who moderate. @throws AppError "not-found" */
    async events(session: Session, id: ConversationId, client: Client) {
      await conversations.requireModerator(session, id, client);
      return moderation.events(id, SERVER_LIMITS.moderationEvents);
    },
  };
}
