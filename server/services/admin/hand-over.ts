import type { AccountId, ConversationId } from "../../../lib/base/ids.ts";
import { AppError } from "../../../lib/protocol/errors.ts";
import type { Accounts } from "../../database/accounts.ts";
import type { RoomTables } from "../../database/admin/rooms.ts";
import type { Database } from "../../database/database.ts";
import type { Client } from "../client.ts";
import type { Journal } from "../journal.ts";
import type { Publish } from "../publish.ts";
import { shownPeople } from "./shown-people.ts";

const MOST_HEIRS = 50;

export interface HandOverDeps {
  tables: Pick<RoomTables, "find">;
  offers: Database["roomOffers"];
  accounts: Pick<Accounts, "findPeople">;
  journal: Journal;
  publish: Publish;
  clock: () => number;
}

/** Null for the command line. */
type Maker = { readonly accountId: AccountId | null };

/**
 * Rooms that none of their owners is in any more. The server signs nothing: it asks somebody to take one over, and whoever
 * says yes writes the record (docs/protocol.md §4.3).
 */
export function createHandOver({ tables, offers, accounts, journal, publish, clock }: HandOverDeps) {
  async function requireRoom(id: ConversationId): Promise<void> {
    if (!(await tables.find(id))) throw new AppError("not-found", "no such room");
  }

  return {
    /**
     * Who has the highest role that is left; nobody where the room has an owner.
     * @param start of a name @throws AppError "not-found"
     */
    async heirs(id: ConversationId, start: string) {
      await requireRoom(id);
      const found = await offers.heirs(id, start, MOST_HEIRS + 1);
      const some = found.slice(0, MOST_HEIRS);
      const show = await shownPeople(accounts, some);
      return { people: some.map(show), more: found.length > MOST_HEIRS };
    },

    /** In place of the offer before. @throws AppError "not-found"; "conflict" for who may not take it over, or not any more */
    async offer(actor: Maker, id: ConversationId, account: AccountId, client: Client): Promise<void> {
      await requireRoom(id);
      const before = await offers.make(id, { account, at: clock() });
      if (before === "not-heir") throw new AppError("conflict", "not theirs to take over");
      publish({ type: "room-offer", members: before ? [before, account] : [account], conversation: id });
      await journal.record("room-offered", "ok", client, actor.accountId, `${id} to ${account}`);
    },

    /** @throws AppError "not-found" where nothing is offered */
    async withdraw(actor: Maker, id: ConversationId, client: Client): Promise<void> {
      const account = await offers.end(id);
      if (!account) throw new AppError("not-found", "nothing is offered");
      publish({ type: "room-offer", members: [account], conversation: id });
      await journal.record("room-offer-ended", "ok", client, actor.accountId, `${id} withdrawn`);
    },
  };
}
