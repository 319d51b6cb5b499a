import * as z from "zod/mini";
import type { ConversationId } from "../../base/ids.ts";
import { bytes, counter, id } from "../fields.ts";
import { MAX_ROOM_PROFILE_BYTES } from "../layout/room-profile.ts";
import { LIMITS } from "../limits.ts";
import { person } from "../person.ts";
import { serverStanding } from "../retention.ts";

/** Conversations, their signed records and history. History pages are binary: see ../frames.ts. */

export const record = bytes(1, LIMITS.recordBytes);
export const box = bytes(1, 2048);
/** A room profile as docs/protocol.md §4.6 has it on the wire: sealed, in a public room in plain. */
export const profile = bytes(1, MAX_ROOM_PROFILE_BYTES);

export const createConversationAnswer = z.object({ conversation: id<ConversationId>() });

/** Of others, what they show of themselves: `readSeq` is 0 and times are null where that is nothing. */
const member = z.object({
  ...person.shape,
  deliveredSeq: counter,
  readSeq: counter,
  /** When each of these last moved, in milliseconds since 1970. */
  deliveredAt: z.nullable(counter),
  readAt: z.nullable(counter),
});

const conversation = z.object({
  id: id<ConversationId>(),
  kind: z.enum(["direct", "private-room", "public-room"]),
  createdAt: counter,
  recordNumber: counter,
  lastSeq: counter,
  /** The first message that there is for this person: the earlier ones were before their time, or are gone. */
  firstSeq: counter,
  /** Nobody writes here any more. */
  closed: z.boolean(),
  memberCount: counter,
  /** Of a direct conversation both, also who left; of a room oneself and the newest message's sender. */
  members: z.array(member),
  profile: z.optional(profile),
  /** Until when one may not write here, in milliseconds since 1970. */
  mutedUntil: z.optional(counter),
  /** The access rules let this account in from somewhere else, or not at all: what is said there is left out. */
  refused: z.optional(z.boolean()),
  /** Those who run the server have archived the room: it can be read, and nothing new comes in. */
  archived: z.optional(z.boolean()),
  /** The newest message as one element of a history page; absent while there is none. */
  newest: z.optional(bytes(16, LIMITS.frameBytes)),
});

export type ConversationInfo = z.infer<typeof conversation>;

export const conversationsAnswer = z.object({
  conversations: z.array(conversation),
  /** Rooms that one asked to enter. A private one's name is not the server's to know. */
  waiting: z.array(z.object({ conversation: id<ConversationId>(), name: z.string(), since: counter })),
  ...serverStanding,
});

/** The chain after the record one has, and one's own boxes. */
export const recordsAnswer = z.object({
  records: z.array(record),
  /** Of the newest. */
  recordNumber: counter,
  /** How many messages there were when the newest key epoch began. */
  keyEpochSeq: counter,
  /** Where messages begin for whoever asks. */
  firstSeq: counter,
  boxes: z.array(z.object({ keyEpoch: counter, box })),
});

/** Everybody who is in a conversation now. */
export const membersAnswer = z.object({
  members: z.array(z.object({ ...member.shape, mutedUntil: z.optional(counter) })),
});

export const profileAnswer = z.object({ profile: z.optional(profile) });
