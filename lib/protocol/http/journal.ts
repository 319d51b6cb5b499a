import * as z from "zod/mini";
import { counter } from "../fields.ts";

/** A person's own journal, and what of it is news to a session. */

/** What may be unusual about a sign-in; in this order. */
export const SUSPICIONS = ["new-browser", "new-address", "many-failures"] as const;
export type Suspicion = (typeof SUSPICIONS)[number];

export const suspicions = z.array(z.enum(SUSPICIONS));

export const journalQuery = z.strictObject({
  /** The number of an entry: those before it. */
  before: z.optional(
    z.pipe(
      z.string().check(z.regex(/^[1-9][0-9]{0,14}$/)),
      z.transform((text) => Number(text)),
    ),
  ),
});

export const journalEntry = z.object({
  id: counter,
  at: counter,
  event: z.string(),
  outcome: z.enum(["ok", "failed", "throttled", "suspicious"]),
  address: z.string(),
  agent: z.string(),
  suspicions,
  /** Whether this very session did it. */
  here: z.boolean(),
});

/** Newest first. */
export const journalAnswer = z.object({ entries: z.array(journalEntry), more: z.boolean() });

export const noticesAnswer = z.object({ notices: z.array(journalEntry) });

/** Everything up to this entry has been shown to the person. */
export const noticesSeenBody = z.strictObject({ id: counter });
