import * as z from "zod/mini";
import { counter } from "../../fields.ts";
import { person } from "../../person.ts";

/** The journal as the administration reads it: everybody's entries, filtered, watched over and checked. */

export const JOURNAL_OUTCOMES = ["ok", "failed", "throttled", "suspicious"] as const;
export type JournalOutcome = (typeof JOURNAL_OUTCOMES)[number];

/** Everything that is written down; with sentences in locales/admin/journal. */
export const JOURNAL_EVENTS = [
  "registration",
  "sign-in",
  "sign-out",
  "step-up",
  "session-end",
  "session-revoked",
  "sessions-revoked",
  "keys-made",
  "keys-renewed",
  "recovery-code-replaced",
  "identity-reset",
  "device-added",
  "device-renamed",
  "device-removed",
  "link-answered",
  "link-cancelled",
  "password-changed",
  "authenticator-ended",
  "authenticator-replaced",
  "sign-in-codes-made",
  "sign-in-code-used",
  "app-password-made",
  "app-password-removed",
  "app-passwords-allowed",
  "app-passwords-ended",
  "profile-changed",
  "email-changed",
  "access-denied",
  "data-export",
  "account-deletion",
  "account-restrained",
  "account-warned",
  "messages-erased",
  "restraint-lifted",
  "role-changed",
  "invitations-made",
  "invitation-revoked",
  "room-deleted",
  "room-archived",
  "room-reopened",
  "room-offered",
  "room-offer-ended",
  "room-taken-over",
  "policy-changed",
  "access-rules-changed",
  "access-rules-confirmed",
  "access-rules-reverted",
  "announcement-made",
  "announcement-ended",
  "journal-export",
  "addresses-erased",
  "entries-removed",
] as const;
export type JournalEvent = (typeof JOURNAL_EVENTS)[number];

/** What is done to an account by others too. Only these end with whose doing it was: elsewhere people's own words may stand there. */
const DONE_BY_OTHERS = [
  "session-revoked",
  "sessions-revoked",
  "device-removed",
  "authenticator-ended",
  "app-passwords-allowed",
  "app-passwords-ended",
  "account-deletion",
  "account-restrained",
  "account-warned",
  "messages-erased",
  "restraint-lifted",
  "role-changed",
] as const satisfies readonly JournalEvent[];
export type DoneByOthers = (typeof DONE_BY_OTHERS)[number];

export const mayBeOthers = (event: string): boolean => DONE_BY_OTHERS.some((each) => each === event);

const moment = z.pipe(
  z.string().check(z.regex(/^[0-9]{1,13}$/)),
  z.transform((text) => Number(text)),
);

const filter = {
  /** An account's name, or its id: somebody who is gone has only that. */
  person: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(64))),
  event: z.optional(z.enum(JOURNAL_EVENTS)),
  outcome: z.optional(z.enum(JOURNAL_OUTCOMES)),
  /** An address, or a range of them in CIDR notation. */
  address: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(64))),
  /** Milliseconds since 1970: from this moment on, up to before that one. */
  from: z.optional(moment),
  until: z.optional(moment),
};

export const journalPageQuery = z.strictObject({
  ...filter,
  /** What names the place after a page: `next` of that page. */
  after: z.optional(z.string().check(z.regex(/^\d{1,13}~\d{1,15}$/))),
});

export const journalTailQuery = z.strictObject(filter);

export const JOURNAL_FORMATS = ["csv", "ndjson"] as const;
export type JournalFormat = (typeof JOURNAL_FORMATS)[number];
export const journalExportQuery = z.strictObject({ ...filter, format: z.enum(JOURNAL_FORMATS) });

export const journalRow = z.object({
  id: counter,
  at: counter,
  event: z.string(),
  outcome: z.enum(JOURNAL_OUTCOMES),
  account: z.nullable(z.string()),
  /** Null where there is no account, or none any more. */
  person: z.nullable(person),
  /** Who did it, where that was somebody else. */
  by: z.nullable(person),
  /** Empty for the server's own doing, and once it was erased. */
  address: z.string(),
  agent: z.string(),
  detail: z.string(),
});
export type JournalRow = z.infer<typeof journalRow>;

/**
 * Newest first. A page may have fewer entries than the next one: so many were looked at for it. `lookedTo` is how far back
 * that was, null for all the way.
 */
export const journalPage = z.object({
  rows: z.array(journalRow),
  next: z.nullable(z.string()),
  lookedTo: z.nullable(counter),
});
export type JournalPage = z.infer<typeof journalPage>;

/** What looks like somebody who is not meant to be here; of the last 24 hours. */
export const journalAlerts = z.object({
  /** Addresses (IPv6: networks) from which many sign-ins failed. */
  failures: z.array(
    z.object({ address: z.string(), count: counter, names: counter, unknown: counter, last: counter }),
  ),
  /** People who came in from two networks within an hour. */
  travellers: z.array(
    z.object({
      person: z.nullable(person),
      account: z.string(),
      addresses: z.array(z.string()),
      last: counter,
    }),
  ),
  /** Uses of sign-in codes, and identities that began anew. */
  recoveries: z.array(journalRow),
});
export type JournalAlerts = z.infer<typeof journalAlerts>;

/** `<number>:<hash in hexadecimal>`: an entry, as somebody wrote it down. */
export const CHECKPOINT_SHAPE = /^([1-9]\d{0,14}):([0-9a-f]{64})$/;

export const journalVerificationQuery = z.strictObject({
  expect: z.optional(z.string().check(z.trim(), z.regex(CHECKPOINT_SHAPE))),
});

/**
 * changed: does not follow from the entry before it; missing: from `id` to `to`; moved: belongs at `to`; added: after the head;
 * truncated: up to the head; head: it names another entry; erased: an address is gone that nobody erased; checkpoint: not
 * what was written down.
 */
export const JOURNAL_FAULTS = [
  "changed",
  "missing",
  "moved",
  "added",
  "truncated",
  "head",
  "erased",
  "checkpoint",
] as const;
const journalFault = z.object({ kind: z.enum(JOURNAL_FAULTS), id: counter, to: z.optional(counter) });
export type JournalFault = z.infer<typeof journalFault>;

/** A line of a running verification: how far it has come, or what became of it. */
export const journalVerificationLine = z.union([
  z.object({ checked: counter, total: counter }),
  z.object({
    entries: counter,
    /** As CHECKPOINT_SHAPE; null for an empty journal. */
    checkpoint: z.nullable(z.string()),
    erased: counter,
    unproved: counter,
    /** Up to this one entries were removed at their time; 0 for none. */
    removed: counter,
    faults: z.array(journalFault),
    more: counter,
  }),
]);
export type JournalVerificationLine = z.infer<typeof journalVerificationLine>;
export type JournalVerdictView = Exclude<JournalVerificationLine, { total: number }>;
