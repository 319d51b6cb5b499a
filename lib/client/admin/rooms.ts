import type { AccountId, ConversationId } from "../../base/ids.ts";
import {
  type RoomDetails,
  type RoomGroup,
  type RoomHeirs,
  type RoomMembersPage,
  type RoomSort,
  type RoomsPage,
  roomAnswer,
  roomHeirs,
  roomMembersPage,
  roomsPage,
} from "../../protocol/http/admin/rooms.ts";
import type { Api } from "../api.ts";

export interface RoomsQuestion {
  readonly search: string;
  readonly group: RoomGroup;
  readonly sort: RoomSort;
  readonly descending: boolean;
}

export interface RoomCalls {
  /** @param after `next` of the page before */
  list(question: RoomsQuestion, after: string | null): Promise<RoomsPage>;
  read(id: ConversationId): Promise<RoomDetails>;
  /** @param after `next` of the page before */
  members(id: ConversationId, after: string | null): Promise<RoomMembersPage>;
  /** @param members how many there are, as typed */
  delete(id: ConversationId, members: number): Promise<void>;
  /** Whether the server takes anything new there. */
  setArchived(id: ConversationId, archived: boolean): Promise<void>;
  /** Who may take over a room without an owner. @param start of a name */
  heirs(id: ConversationId, start: string): Promise<RoomHeirs>;
  /** In place of the offer before. @throws AppError "conflict" for who may not, or not any more */
  offer(id: ConversationId, account: AccountId): Promise<void>;
  /** @throws AppError "not-found" where nothing is offered */
  withdrawOffer(id: ConversationId): Promise<void>;
}

const PATH = "/api/admin/rooms";

export const createRoomCalls = (api: Api): RoomCalls => ({
  list({ search, group, sort, descending }, after) {
    const query = new URLSearchParams({ group, sort, descending: String(descending) });
    if (search.trim()) query.set("q", search.trim());
    else if (after !== null) query.set("after", after);
    return api.get(`${PATH}?${query}`, roomsPage);
  },
  read: (id) => api.get(`${PATH}/${id}`, roomAnswer),
  members: (id, after) =>
    api.get(
      `${PATH}/${id}/members${after === null ? "" : `?${new URLSearchParams({ after })}`}`,
      roomMembersPage,
    ),
  delete: (id, members) => api.send("DELETE", `${PATH}/${id}`, { members }),
  setArchived: (id, archived) => api.send(archived ? "PUT" : "DELETE", `${PATH}/${id}/archive`, {}),
  heirs: (id, start) =>
    api.get(`${PATH}/${id}/heirs${start === "" ? "" : `?${new URLSearchParams({ q: start })}`}`, roomHeirs),
  offer: (id, account) => api.send("PUT", `${PATH}/${id}/offer`, { account }),
  withdrawOffer: (id) => api.send("DELETE", `${PATH}/${id}/offer`, {}),
});
