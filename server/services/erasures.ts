import type { ConversationId } from "../../lib/base/ids.ts";
import { actingRole } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Database } from "../database/database.ts";
import type { Client } from "./client.ts";
import type { ConversationService } from "./conversations.ts";
import type { Session } from "./sessions.ts";

/**
 * Takes the ciphertext of what was deleted away. That it was deleted, and by whom, members say each other in a
 * message: the server cannot tell, and tells nobody.
 */
export function createErasureService(
  { erasures }: Pick<Database, "erasures">,
  conversations: ConversationService,
  clock: () => number,
) {
  return {
    /** @throws AppError "not-found": no member, or none of the messages is the caller's to erase */
    async erase(
      session: Session,
      conversation: ConversationId,
      messages: readonly number[],
      client: Client,
    ): Promise<void> {
      const { accountId: account } = session;
      const { kind, seats } = await conversations.requireMember(session, conversation, client);
      const role = kind === "direct" ? "member" : actingRole(seats, account);
      const moderates = role === "owner" || role === "moderator";
      if (await erasures.erase({ conversation, account, moderates, messages }, clock())) return;
      throw new AppError("not-found", "nothing that this account may erase");
    },
  };
}
