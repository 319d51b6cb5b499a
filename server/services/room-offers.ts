import type { ConversationId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Database } from "../database/database.ts";
import type { Client } from "./client.ts";
import type { ConversationService } from "./conversations.ts";
import type { Journal } from "./journal.ts";
import type { Publish } from "./publish.ts";
import type { Session } from "./sessions.ts";

/** A room that lost its owners and is offered to somebody: taking it over is a record, this is the other answer. */
export function createRoomOfferService(
  { roomOffers }: Pick<Database, "roomOffers">,
  conversations: Pick<ConversationService, "requireMember">,
  journal: Pick<Journal, "record">,
  publish: Publish,
) {
  return {
    /** @throws AppError "not-found" where nothing is offered to the caller, "room-refused" */
    async decline(session: Session, id: ConversationId, client: Client): Promise<void> {
      const { accountId } = session;
      await conversations.requireMember(session, id, client);
      if (!(await roomOffers.end(id, accountId))) throw new AppError("not-found", "nothing is offered");
      publish({ type: "room-offer", members: [accountId], conversation: id });
      await journal.record("room-offer-ended", "ok", client, accountId, `${id} declined`);
    },
  };
}
