import * as z from "zod/mini";
import type { AccountId, ConversationId } from "../../../base/ids.ts";
import { counter, id } from "../../fields.ts";
import { LIMITS } from "../../limits.ts";
import { person } from "../../person.ts";

/** Rooms as the administration shows them: how large, how old, whose. Never what is said there, nor what a private one is called. */

/** `ownerless`: none of its owners is there any more; `archived`: by those who run the server. */
export const ROOM_GROUPS = ["all", "public", "private", "ownerless", "archived"] as const;
export type RoomGroup = (typeof ROOM_GROUPS)[number];
export const ROOM_SORTS = ["active", "created", "size", "bytes"] as const;
export type RoomSort = (typeof ROOM_SORTS)[number];

const MEMBER_ROLES = ["member", "moderator", "owner"] as const;

export const roomsQuery = z.strictObject({
  /** The start of a public room's name, or the whole id of any room; sorts by name, and has one page. */
  q: z.optional(z.string().check(z.trim(), z.maxLength(LIMITS.searchChars.max))),
  group: z.optional(z.enum(ROOM_GROUPS)),
  sort: z.optional(z.enum(ROOM_SORTS)),
  descending: z.optional(z.enum(["true", "false"])),
  /** What names the place after a page: `next` of that page, with the same order. */
  after: z.optional(z.string().check(z.regex(/^\d{1,15}~[A-Za-z0-9_-]{22}$/))),
});

export const roomParams = z.object({ id: id<ConversationId>() });

const roomFigures = z.object({
  id: id<ConversationId>(),
  kind: z.enum(["private-room", "public-room"]),
  /** Of a public room. */
  name: z.nullable(z.string()),
  createdAt: counter,
  members: counter,
  /** Those that stand, with what is left of deleted ones. */
  messages: counter,
  /** yyyymmdd, UTC: of the newest message, of the creation while there is none. */
  activeDay: counter,
  ownerless: z.boolean(),
  /** Those who run the server let nothing new in. */
  archived: z.boolean(),
  /** Of all messages, about; as they were last counted. */
  bytes: counter,
});
/** When sizes were last counted; null before that. */
const countedAt = z.nullable(counter);

/** `owners`: the first two of so many who are there. */
export const roomRow = z.object({
  ...roomFigures.shape,
  owners: z.array(person),
  ownerCount: counter,
});
export type RoomRow = z.infer<typeof roomRow>;

/** `more`: a search found more than it shows. */
export const roomsPage = z.object({
  rows: z.array(roomRow),
  next: z.nullable(z.string()),
  more: z.boolean(),
  countedAt,
});
export type RoomsPage = z.infer<typeof roomsPage>;

/**
 * Who may do what owners do, as the signed records say: `nobody` where all of these are gone, `broken` where the records do
 * not lead to where the database says that they do.
 */
export const ROOM_LEADERS = ["owner", "moderator", "member", "nobody", "broken"] as const;

export const roomAnswer = z.object({
  room: z.object({
    ...roomFigures.shape,
    topic: z.nullable(z.string()),
    posting: z.enum(["everyone", "moderators", "nobody"]),
    slowSeconds: counter,
    retentionSeconds: counter,
    requests: counter,
    bans: counter,
  }),
  countedAt,
  leaders: z.enum(ROOM_LEADERS),
  /** Who was asked to take over a room that lost its owners, and since when; null for nobody. */
  offer: z.nullable(z.object({ person, at: counter })),
  /** What moderators did and no record says, newest first. */
  events: z.array(
    z.object({
      at: counter,
      author: person,
      kind: z.enum(["muted", "erased", "profile", "report"]),
      /** Whom it was done to. */
      person: z.nullable(person),
      /** Of "muted": null where the person may write again. */
      until: z.nullable(counter),
    }),
  ),
});
export type RoomDetails = z.infer<typeof roomAnswer>;

export const roomMembersQuery = z.strictObject({
  after: z.optional(z.string().check(z.regex(/^(member|moderator|owner)~[A-Za-z0-9_-]{22}$/))),
});

export const roomMembersPage = z.object({
  rows: z.array(z.object({ person, role: z.enum(MEMBER_ROLES), mutedUntil: z.nullable(counter) })),
  next: z.nullable(z.string()),
});
export type RoomMembersPage = z.infer<typeof roomMembersPage>;

export const roomHeirsQuery = z.strictObject({
  /** The start of a name. */
  q: z.optional(z.string().check(z.trim(), z.maxLength(LIMITS.searchChars.max))),
});
/** Who has the highest role that is left in a room without an owner; `more`: there are others. */
export const roomHeirs = z.object({ people: z.array(person), more: z.boolean() });
export type RoomHeirs = z.infer<typeof roomHeirs>;

export const offerRoomForm = z.strictObject({ account: id<AccountId>() });

/** How many are in it, typed: nobody deletes a room by pressing on, nor one that has grown meanwhile. */
export const deleteRoomForm = z.strictObject({ members: counter });
