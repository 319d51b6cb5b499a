import type { AccountId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Database } from "../database/database.ts";
import type { ConversationService } from "./conversations.ts";
import type { Publish } from "./publish.ts";

/** Who may write nowhere, because those who run the server say so. In each conversation it holds as its own mutes do. */
export function createVoices(
  { accounts, conversations: table }: Pick<Database, "accounts" | "conversations">,
  conversations: Pick<ConversationService, "forget">,
  publish: Publish,
  clock: () => number,
) {
  return {
    /** For what begins outside of any conversation. @throws AppError "muted" */
    async require(account: AccountId): Promise<void> {
      const restraint = (await accounts.findById(account))?.restraint;
      if (restraint?.kind === "muted" && (restraint.until ?? 0) > clock())
        throw new AppError("muted", "muted everywhere");
    },

    /** After a change: here, on other nodes and in the person's browsers, which ask what else they are told. */
    async tell(account: AccountId): Promise<void> {
      for (const { id: conversation, until } of await table.mutes(account)) {
        conversations.forget(conversation);
        publish({ type: "muted", account, conversation, until });
      }
      publish({ type: "notice", account, except: null });
    },
  };
}

export type Voices = ReturnType<typeof createVoices>;
