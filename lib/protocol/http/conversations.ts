import * as z from "zod/mini";
import type { AccountId, ConversationId } from "../../base/ids.ts";
import { bytes, counter, id } from "../fields.ts";
import { LIMITS } from "../limits.ts";
import { person } from "../person.ts";

/** Conversations, their signed records and history. History pages are binary: see ../frames.ts. */

const record = bytes(1, LIMITS.recordBytes);
const box = bytes(1, 2048);

const boxes = z.array(z.strictObject({ account: id<AccountId>(), box })).check(z.maxLength(1000));

/** The first record of a conversation, with the conversation key sealed to each member. */
export const createConversationBody = z.strictObject({ record, boxes });

/** The next record of a conversation, with its new key sealed to each member. */
export const appendRecordBody = z.strictObject({ record, boxes });

export const createConversationAnswer = z.object({ conversation: id<ConversationId>() });

const member = z.object({ ...person.shape, deliveredSeq: counter, readSeq: counter });

const conversation = z.object({
  id: id<ConversationId>(),
  kind: z.literal("direct"),
  createdAt: counter,
  recordNumber: counter,
  lastSeq: counter,
  /** Nobody writes here any more. */
  closed: z.boolean(),
  /** Those who left too, while others are here. */
  members: z.array(member),
  /** The newest message as one element of a history page; absent while there is none. */
  newest: z.optional(bytes(16, LIMITS.frameBytes)),
});

export type ConversationInfo = z.infer<typeof conversation>;

export const conversationsAnswer = z.object({ conversations: z.array(conversation) });

/** The whole chain, and one's own boxes. */
export const recordsAnswer = z.object({
  records: z.array(record),
  /** How many messages there were when the newest key epoch began. */
  keyEpochSeq: counter,
  boxes: z.array(z.object({ keyEpoch: counter, box })),
});
