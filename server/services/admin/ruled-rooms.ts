import { fromBase64url } from "../../../lib/base/encoding.ts";
import { type ConversationId, ID_BYTES } from "../../../lib/base/ids.ts";
import type { Accounts } from "../../database/accounts.ts";
import type { RoomRow, RoomTables } from "../../database/admin/rooms.ts";
import { shownPeople } from "./shown-people.ts";

const FOUND = 20;
/** Of one room: enough to tell it from others whose names are sealed as well. */
const OWNERS = 3;

const isId = (text: string): text is ConversationId => fromBase64url(text)?.length === ID_BYTES;

/** Rooms that access rules are about, as whoever sets the rules tells them apart. */
export function createRuledRooms(
  tables: Pick<RoomTables, "find" | "search" | "members">,
  accounts: Pick<Accounts, "findPeople">,
) {
  async function describe({ id, kind, name, createdAt, members }: RoomRow) {
    const owners = (await tables.members(id, null, OWNERS)).flatMap(({ account, role }) =>
      role === "owner" ? [account] : [],
    );
    const show = await shownPeople(accounts, owners);
    return { id, kind, name, createdAt, members, owners: owners.map(show) };
  }

  async function find(id: ConversationId) {
    const room = await tables.find(id);
    return room ? [await describe(room)] : [];
  }

  return {
    /** Those of them that there are. */
    list: async (ids: Iterable<ConversationId>) => (await Promise.all([...ids].map(find))).flat(),

    search: async (text: string) =>
      isId(text) ? find(text) : Promise.all((await tables.search(text, FOUND)).map(describe)),
  };
}

export type RuledRooms = ReturnType<typeof createRuledRooms>;
