import * as z from "zod/mini";
import type { AccountId, DeviceId, SessionId } from "../../../base/ids.ts";
import { counter, id, token, UNSAFE_IN_NAMES } from "../../fields.ts";
import { LIMITS } from "../../limits.ts";
import { person } from "../../person.ts";
import { ROLES } from "../../roles.ts";

/** People as the administration shows them: who they are and where they are signed in, never what they write. */

/** Who is muted is not kept out: they read, and write nowhere. */
export const RESTRAINTS = ["suspended", "banned", "muted"] as const;
export type Restraint = (typeof RESTRAINTS)[number];
/** Everybody, who has a role, who is kept out or muted, or who has not made keys yet. */
export const PEOPLE_GROUPS = ["everybody", ...ROLES, ...RESTRAINTS, "keyless"] as const;
export type PeopleGroup = (typeof PEOPLE_GROUPS)[number];
export const PEOPLE_SORTS = ["name", "created", "active"] as const;
export type PeopleSort = (typeof PEOPLE_SORTS)[number];

/** By the day on which somebody was last here: within so many days, not for so many, or never. */
export const PEOPLE_ACTIVITIES = [
  "any",
  ...(["within-7", "within-30", "within-90"] as const),
  ...(["not-30", "not-90", "not-365", "never"] as const),
] as const;
export type PeopleActivity = (typeof PEOPLE_ACTIVITIES)[number];

export const RESTRAINT_REASON_CHARS = 300;

export const peopleQuery = z.strictObject({
  /** The start of a name, a display name or an e-mail address; sorts by name, and has one page. */
  q: z.optional(z.string().check(z.trim(), z.maxLength(LIMITS.searchChars.max))),
  group: z.optional(z.enum(PEOPLE_GROUPS)),
  /** Of these, a list is sorted by that day alone. */
  activity: z.optional(z.enum(PEOPLE_ACTIVITIES)),
  sort: z.optional(z.enum(PEOPLE_SORTS)),
  descending: z.optional(z.enum(["true", "false"])),
  /** What names the place after a page: `next` of that page, with the same order. */
  after: z.optional(z.string().check(z.regex(/^[^~]{1,32}~[A-Za-z0-9_-]{22}$/))),
});

export const personParams = z.object({ id: id<AccountId>() });
export const personSessionParams = z.object({ id: id<AccountId>(), session: id<SessionId>() });
export const personDeviceParams = z.object({ id: id<AccountId>(), device: id<DeviceId>() });

export const restraintView = z.object({
  kind: z.enum(RESTRAINTS),
  reason: z.string(),
  at: counter,
  /** Null: until somebody lifts it. */
  until: z.nullable(counter),
});
export type RestraintView = z.infer<typeof restraintView>;

export const personRow = z.object({
  ...person.shape,
  email: z.nullable(z.string()),
  role: z.enum(ROLES),
  createdAt: counter,
  /** yyyymmdd, UTC; 0 for never. */
  lastActiveDay: counter,
  hasKeys: z.boolean(),
  mayUseAppPasswords: z.boolean(),
  restraint: z.nullable(restraintView),
});
export type PersonRow = z.infer<typeof personRow>;

/** `more`: a search found more than it shows. */
export const peoplePage = z.object({
  rows: z.array(personRow),
  next: z.nullable(z.string()),
  more: z.boolean(),
});
export type PeoplePage = z.infer<typeof peoplePage>;

export const personAnswer = z.object({
  person: personRow,
  sessions: z.array(
    z.object({
      id: id<SessionId>(),
      address: z.string(),
      agent: z.string(),
      createdAt: counter,
      lastSeenAt: counter,
      /** The name of the app password by which it began; null for both factors. */
      appPassword: z.nullable(z.string()),
    }),
  ),
  /** How many there are. */
  appPasswords: counter,
  devices: z.array(z.object({ id: id<DeviceId>(), name: z.string(), createdAt: counter })),
  /** How many, of each kind; nothing about them. */
  conversations: z.object({ direct: counter, rooms: counter }),
  /** Sealed files of theirs that are kept. */
  files: z.object({ count: counter, bytes: counter }),
});
export type PersonDetails = z.infer<typeof personAnswer>;

export const allowAppPasswordsBody = z.strictObject({ allowed: z.boolean() });

export const roleBody = z.strictObject({ role: z.enum(ROLES) });

/** Told to the person. */
export const restraintReason = z.string().check(
  z.trim(),
  z.normalize("NFC"),
  z.maxLength(RESTRAINT_REASON_CHARS),
  z.refine((text) => !UNSAFE_IN_NAMES.test(text)),
);

export const restraintBody = z
  .strictObject({
    kind: z.enum(RESTRAINTS),
    reason: restraintReason,
    /** Milliseconds since 1970; null until somebody lifts it. */
    until: z.nullable(counter),
  })
  .check(z.refine(({ kind, until }) => kind !== "muted" || until !== null, "a mute has an end"));
export type RestraintForm = z.infer<typeof restraintBody>;

/** The account's name, typed: nobody deletes somebody by pressing on. */
export const deletePersonBody = z.strictObject({ name: z.string().check(z.maxLength(64)) });

/** The link's secret, told once. */
export const enrolmentMade = z.object({ token, expiresAt: counter });
