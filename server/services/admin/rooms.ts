import { fromBase64url } from "../../../lib/base/encoding.ts";
import { type AccountId, type ConversationId, ID_BYTES } from "../../../lib/base/ids.ts";
import { actingRole } from "../../../lib/crypto/verify.ts";
import { AppError } from "../../../lib/protocol/errors.ts";
import type { ROOM_LEADERS, RoomGroup, RoomSort } from "../../../lib/protocol/http/admin/rooms.ts";
import type { Accounts } from "../../database/accounts.ts";
import type { RoomRow, RoomTables } from "../../database/admin/rooms.ts";
import type { MemberRole } from "../../database/conversations.ts";
import type { Database } from "../../database/database.ts";
import { SERVER_LIMITS } from "../../limits.ts";
import type { Chains } from "../chains.ts";
import type { Client } from "../client.ts";
import type { ConversationService } from "../conversations.ts";
import type { Journal } from "../journal.ts";
import type { Publish } from "../publish.ts";
import type { RecordService } from "../records.ts";
import type { RoomSizing } from "../room-sizes.ts";
import { shownPeople } from "./shown-people.ts";

const PAGE = 50;
/** Of a room's owners, those that a list names. */
const NAMED_OWNERS = 2;

export interface AdminRoomsDeps {
  tables: RoomTables;
  moderation: Pick<Database["moderation"], "events">;
  offers: Pick<Database["roomOffers"], "find">;
  accounts: Pick<Accounts, "findPeople">;
  conversations: ConversationService;
  chains: Pick<Chains, "require" | "forget">;
  records: Pick<RecordService, "eraseClosed">;
  roomSizing: Pick<RoomSizing, "countedAt">;
  journal: Journal;
  publish: Publish;
  clock: () => number;
}

/** Null for the command line. */
type Maker = { readonly accountId: AccountId | null };

interface ListQuery {
  readonly q?: string | undefined;
  readonly group?: RoomGroup | undefined;
  readonly sort?: RoomSort | undefined;
  readonly descending?: "true" | "false" | undefined;
  readonly after?: string | undefined;
}

/**
 * Rooms and their end. What members sign the server cannot: it makes nobody an owner and changes no policy, and can only
 * refuse to take anything new, or to keep a room at all.
 */
export function createAdminRooms(deps: AdminRoomsDeps) {
  const {
    tables,
    moderation,
    offers,
    accounts,
    conversations,
    chains,
    records,
    roomSizing,
    journal,
    publish,
    clock,
  } = deps;

  /**
   * The records decide, not who is here: where they still list an owner whose account is gone without a signed leaving,
   * nobody follows.
   */
  async function leadersOf(id: ConversationId): Promise<(typeof ROOM_LEADERS)[number]> {
    const [chain, known] = await Promise.all([
      chains.require(id).catch((error: unknown) => {
        // What members refuse must still be seen here, and be deleted.
        if (error instanceof AppError && error.code === "not-found") return null;
        throw error;
      }),
      conversations.find(id),
    ]);
    if (!chain) return "broken";
    const { members } = chain;
    for (const [account, { role }] of members)
      if (known?.seats.has(account) && actingRole(members, account) === "owner") return role;
    return "nobody";
  }

  /** What is listed of them, with who owns them and when their sizes were counted. */
  async function described(rooms: readonly RoomRow[]) {
    const [owners, countedAt] = await Promise.all([
      tables.owners(
        rooms.map(({ id }) => id),
        NAMED_OWNERS,
      ),
      roomSizing.countedAt(),
    ]);
    const show = await shownPeople(
      accounts,
      [...owners.values()].flatMap(({ first }) => first),
    );
    const rows = rooms.map((room) => {
      const { first = [], total = 0 } = owners.get(room.id) ?? {};
      return { ...toListed(room), owners: first.map(show), ownerCount: total };
    });
    return { rows, countedAt };
  }

  return {
    /** A page, or what a search finds. */
    async list({ q, group = "all", sort = "active", descending = "true", after }: ListQuery) {
      if (q) {
        const known = isId(q) ? await tables.find(q) : null;
        const found = known ? [known] : await tables.search(q, PAGE + 1);
        return { ...(await described(found.slice(0, PAGE))), next: null, more: found.length > PAGE };
      }
      const order = { filter: group, sort, descending: descending === "true" };
      const found = await tables.list(order, after === undefined ? null : parsePlace(after), PAGE + 1);
      const rows = found.slice(0, PAGE);
      const last = rows.at(-1);
      const next = found.length > PAGE && last ? placeOf(last, sort) : null;
      return { ...(await described(rows)), next, more: false };
    },

    /** @throws AppError "not-found" */
    async read(id: ConversationId) {
      const room = await tables.find(id);
      if (!room) throw new AppError("not-found", "no such room");
      const [countedAt, leaders, events, offer] = await Promise.all([
        roomSizing.countedAt(),
        leadersOf(id),
        moderation.events(id, SERVER_LIMITS.moderationEvents),
        offers.find(id),
      ]);
      const named = events.flatMap(({ author, account }) => [author, account ?? author]);
      const show = await shownPeople(accounts, offer ? [...named, offer.account] : named);
      return {
        room,
        countedAt,
        leaders,
        offer: offer && { person: show(offer.account), at: offer.at },
        events: events.map(({ author, account, ...event }) => ({
          ...event,
          author: show(author),
          person: account && show(account),
        })),
      };
    },

    /** Who is there, owners first. @throws AppError "not-found", "bad-request" */
    async members(id: ConversationId, after: string | undefined) {
      if (!(await tables.find(id))) throw new AppError("not-found", "no such room");
      const found = await tables.members(id, after === undefined ? null : parseMember(after), PAGE + 1);
      const page = found.slice(0, PAGE);
      const show = await shownPeople(
        accounts,
        page.map(({ account }) => account),
      );
      const last = page.at(-1);
      return {
        rows: page.map(({ account, ...seat }) => ({ person: show(account), ...seat })),
        next: found.length > PAGE && last ? `${last.role}~${last.account}` : null,
      };
    },

    /**
     * The end of a room, at once and for everybody: it goes from every list, and messages and keys from this server.
     * @param members how many were seen there
     * @throws AppError "not-found"; "conflict" where there are more or fewer by now
     */
    async delete(actor: Maker, id: ConversationId, members: number, client: Client): Promise<void> {
      const told = await tables.close(id, members, clock());
      if (told === null) throw new AppError("not-found", "no such room");
      if (told === "changed") throw new AppError("conflict", "other members by now");
      conversations.forget(id);
      chains.forget(id);
      publish({ type: "closed", members: told, conversation: id });
      await journal.record("room-deleted", "ok", client, actor.accountId, `${id} ${members} members`);
      await records.eraseClosed();
    },

    /**
     * Whether the server takes anything new there: words, names, people. What is there can be read, and what takes away,
     * hands over or changes keys goes on.
     * @throws AppError "not-found"
     */
    async setArchived(actor: Maker, id: ConversationId, archived: boolean, client: Client): Promise<void> {
      const members = await tables.setArchived(id, archived);
      if (members === null) throw new AppError("not-found", "no such room");
      if (members === "unchanged") return;
      conversations.forget(id);
      publish({ type: "archived", members, conversation: id, archived });
      const event = archived ? "room-archived" : "room-reopened";
      await journal.record(event, "ok", client, actor.accountId, id);
    },
  };
}

function toListed(room: RoomRow): RoomRow {
  const { id, kind, name, createdAt, members, messages, activeDay, ownerless, archived, bytes } = room;
  return { id, kind, name, createdAt, members, messages, activeDay, ownerless, archived, bytes };
}

const VALUES = {
  active: ({ activeDay }: RoomRow) => activeDay,
  created: ({ createdAt }: RoomRow) => createdAt,
  size: ({ members }: RoomRow) => members,
  bytes: ({ bytes }: RoomRow) => bytes,
} as const;

const placeOf = (row: RoomRow, sort: RoomSort): string => `${VALUES[sort](row)}~${row.id}`;

const isId = (text: string): text is ConversationId => fromBase64url(text)?.length === ID_BYTES;

/** @throws AppError "bad-request" for what names no place */
function parsePlace(text: string) {
  const [value = "", id = ""] = text.split("~");
  if (!isId(id)) throw new AppError("bad-request", "no place");
  return { value: Number(value), id };
}

function parseMember(text: string) {
  const [role, id = ""] = text.split("~");
  if (!isId(id)) throw new AppError("bad-request", "no place");
  return { role: role as MemberRole, account: id as string as AccountId };
}
