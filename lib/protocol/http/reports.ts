import * as z from "zod/mini";
import {
  type AccountId,
  type ConversationId,
  ID_BYTES,
  type ReportId,
  type WarningId,
} from "../../base/ids.ts";
import { bytes, counter, id } from "../fields.ts";
import { LIMITS } from "../limits.ts";
import { person } from "../person.ts";

/** Reports of messages (docs/protocol.md §5.6). What was reported, and whose it is, the server cannot read. */

/** Who gets a report: those who moderate its room, or those who run the server. */
export const reportAudience = z.enum(["moderators", "administrators"]);
export type ReportAudience = z.infer<typeof reportAudience>;

export const reportDecision = z.enum(["dismissed", "acted"]);
export type ReportDecision = z.infer<typeof reportDecision>;

/** What is done to whose message it is about. */
export const MEASURES = ["warned", "muted", "suspended", "banned"] as const;
export const measure = z.enum(MEASURES);
export type Measure = z.infer<typeof measure>;

const box = bytes(3 + 32 + 1120 + 16, 2048);

export const reportBody = z.strictObject({
  id: id<ReportId>(),
  conversation: id<ConversationId>(),
  audience: reportAudience,
  sealed: bytes(ID_BYTES, LIMITS.reportBytes),
  boxes: z
    .array(z.strictObject({ account: id<AccountId>(), box }))
    .check(z.minLength(1), z.maxLength(LIMITS.reportRecipients)),
});

/** Those who run the server and have keys. */
export const stewardsAnswer = z.object({ people: z.array(person) });

/** Of one room, for those who moderate it; without one, what was reported to those who run the server. */
export const reportsQuery = z.strictObject({
  conversation: z.optional(id<ConversationId>()),
  /** A report: those before it. */
  before: z.optional(id<ReportId>()),
});

const decided = {
  decision: z.optional(reportDecision),
  decidedAt: z.optional(counter),
};

/** Newest first; those that nobody has decided come before all others. */
export const reportsAnswer = z.object({
  reports: z.array(
    z.object({
      id: id<ReportId>(),
      conversation: id<ConversationId>(),
      reporter: person,
      at: counter,
      sealed: bytes(0, LIMITS.reportBytes),
      box: bytes(0, 2048),
      ...decided,
      decidedBy: z.optional(id<AccountId>()),
      measure: z.optional(measure),
      /** Whether the message was erased from this server. */
      erased: z.boolean(),
    }),
  ),
  more: z.boolean(),
});

export const decisionBody = z.strictObject({ decision: reportDecision });

/** One's own, newest first. */
export const ownReportsAnswer = z.object({
  reports: z.array(
    z.object({
      id: id<ReportId>(),
      conversation: id<ConversationId>(),
      audience: reportAudience,
      at: counter,
      ...decided,
      /** Whether the person has been told. */
      seen: z.boolean(),
    }),
  ),
});

/** What waits for a decision of the caller's, by room; `null` is what those who run the server decide. */
export const openReportsAnswer = z.object({
  /** Whether the caller is one of these. */
  steward: z.boolean(),
  open: z.array(z.object({ conversation: z.nullable(id<ConversationId>()), count: counter })),
  /** Decisions about one's own reports that one was not told of yet. */
  outcomes: counter,
  /** What those who run the server say to the caller, oldest first, until it was read. */
  warnings: z.array(z.object({ id: id<WarningId>(), at: counter, text: z.string() })),
});
