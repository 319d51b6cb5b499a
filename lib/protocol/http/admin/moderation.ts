import * as z from "zod/mini";
import type { AccountId, ConversationId, MessageId, ReportId } from "../../../base/ids.ts";
import { counter, id } from "../../fields.ts";
import { person } from "../../person.ts";
import { measure } from "../reports.ts";
import { restraintReason } from "./people.ts";

/** What was reported to those who run the server, and what became of it. What it says, browsers with keys open alone. */

export const REPORT_STATES = ["all", "open", "acted", "dismissed"] as const;
export type ReportState = (typeof REPORT_STATES)[number];

export const moderationQuery = z.strictObject({
  state: z.optional(z.enum(REPORT_STATES)),
  /** What names the place after a page: `next` of that page. */
  after: z.optional(z.string().check(z.regex(/^\d{1,15}~[A-Za-z0-9_-]{22}$/))),
});

const historyRow = z.object({
  id: id<ReportId>(),
  at: counter,
  reporter: person,
  /** Null in a conversation of two, and where the room is gone. */
  room: z.nullable(z.object({ id: id<ConversationId>(), name: z.nullable(z.string()) })),
  decision: z.nullable(z.enum(["dismissed", "acted"])),
  /** Null while undecided, and once the account is gone. */
  decidedBy: z.nullable(person),
  decidedAt: z.nullable(counter),
  /** What was done with the decision. */
  measure: z.nullable(measure),
  /** Whether the message was erased from this server. */
  erased: z.boolean(),
  /** Whose message it was, as whoever decided said; null where nothing was done, and once the account is gone. */
  about: z.nullable(person),
});
export type ReportRow = z.infer<typeof historyRow>;

/** Newest first. */
export const moderationPage = z.object({
  rows: z.array(historyRow),
  next: z.nullable(z.string()),
  /** Of all that nobody has decided: how many, and since when the oldest waits. */
  waiting: z.object({ count: counter, since: z.nullable(counter) }),
});
export type ModerationPage = z.infer<typeof moderationPage>;

/** A message and its edits. */
const MOST_MESSAGES = 50;

/** What is done about a report, by whom it was sealed to: only they know whose message it shows. */
export const actBody = z
  .strictObject({
    about: id<AccountId>(),
    measure: z.nullable(measure),
    /** Told to that person. */
    text: restraintReason,
    /** Milliseconds since 1970; null until somebody lifts it. */
    until: z.nullable(counter),
    /** Erased from this server. */
    messages: z.array(id<MessageId>()).check(z.maxLength(MOST_MESSAGES)),
  })
  .check(
    z.refine(({ measure, messages }) => measure !== null || messages.length > 0, "nothing to do"),
    z.refine(({ measure, text }) => measure !== "warned" || text !== "", "a warning without words"),
    z.refine(({ measure, until }) => measure !== "muted" || until !== null, "a mute has an end"),
  );
export type ActForm = z.infer<typeof actBody>;
