import * as z from "zod/mini";
import type { ServerInvitationId } from "../../../base/ids.ts";
import { accountName, displayName, email } from "../../account-fields.ts";
import { counter, id, token, UNSAFE_IN_NAMES } from "../../fields.ts";
import { LIMITS } from "../../limits.ts";
import { person } from "../../person.ts";
import { ROLES } from "../../roles.ts";

/** Invitations to the server, as the administration makes and shows them. */

const DAY_MS = 86_400_000;
export const INVITATION_USES = { min: 1, max: 1_000 } as const;
export const INVITATION_DAYS = { min: 1, max: 90 } as const;
/** People of one file. */
export const IMPORTED_AT_ONCE = 500;

const days = z.int().check(z.minimum(INVITATION_DAYS.min), z.maximum(INVITATION_DAYS.max));
/** Milliseconds from now on that an invitation of so many days is good for. */
export const invitationMs = (count: number): number => count * DAY_MS;

/** Whoever is more than a member is invited one by one: a link that went astray makes one such account at most. */
export const invitationBody = z
  .strictObject({
    role: z.enum(ROLES),
    uses: z.int().check(z.minimum(INVITATION_USES.min), z.maximum(INVITATION_USES.max)),
    days,
    note: z.string().check(
      z.trim(),
      z.normalize("NFC"),
      z.maxLength(LIMITS.invitationNoteChars),
      z.refine((text) => !UNSAFE_IN_NAMES.test(text)),
    ),
  })
  .check(z.refine(({ role, uses }) => role === "member" || uses === 1));
export type InvitationForm = z.infer<typeof invitationBody>;

/** Somebody to be invited, as a line of a file names them. */
export const importedPerson = z.strictObject({
  name: accountName,
  displayName,
  email: z.nullable(email),
  role: z.enum(ROLES),
});
export type ImportedPerson = z.infer<typeof importedPerson>;

/** @property dryRun only says which lines would be refused */
export const importBody = z.strictObject({
  people: z.array(importedPerson).check(z.minLength(1), z.maxLength(IMPORTED_AT_ONCE)),
  days,
  dryRun: z.boolean(),
});

/** For each line: what stands against it, or the secret of its invitation; neither in a dry run that finds nothing. */
export const importAnswer = z.object({
  lines: z.array(
    z.object({
      problem: z.nullable(z.enum(["name-taken", "email-taken"])),
      token: z.nullable(token),
    }),
  ),
});
export type ImportAnswer = z.infer<typeof importAnswer>;

export const invitationParams = z.object({ id: id<ServerInvitationId>() });
export const invitationsQuery = z.strictObject({ after: z.optional(id<ServerInvitationId>()) });

/** Its secret is told to whoever makes it, then, and is nowhere afterwards. */
export const invitationMade = z.object({ id: id<ServerInvitationId>(), token });

export const invitationRow = z.object({
  id: id<ServerInvitationId>(),
  role: z.enum(ROLES),
  note: z.string(),
  /** For whom it is, where it is for one person. */
  name: z.nullable(z.string()),
  displayName: z.nullable(z.string()),
  email: z.nullable(z.string()),
  uses: counter,
  maxUses: counter,
  createdAt: counter,
  createdBy: z.nullable(person),
  expiresAt: counter,
  revokedAt: z.nullable(counter),
});
export type InvitationRow = z.infer<typeof invitationRow>;

export const invitationsPage = z.object({ rows: z.array(invitationRow), next: z.nullable(z.string()) });
export type InvitationsPage = z.infer<typeof invitationsPage>;

export const invitationAnswer = z.object({
  invitation: invitationRow,
  /** Who came by it and is still here; the latest 50. */
  people: z.array(z.object({ person, at: counter })),
});
export type InvitationDetails = z.infer<typeof invitationAnswer>;
