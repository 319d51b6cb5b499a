import * as z from "zod/mini";
import { displayName, email } from "../account-fields.ts";
import { bytes, UNSAFE_IN_NAMES } from "../fields.ts";
import { LIMITS } from "../limits.ts";
import { availability } from "../visibility.ts";

/** What a person changes of their own profile. */

/** Free text beside the name; empty for none. */
const status = z.string().check(
  z.trim(),
  z.normalize("NFC"),
  z.maxLength(LIMITS.statusChars),
  z.refine((text) => !UNSAFE_IN_NAMES.test(text)),
);

export const profileBody = z.strictObject({ displayName, status });

/** A square WebP or JPEG; what is in it is the service's to check. */
export const pictureBody = z.strictObject({ picture: bytes(1, LIMITS.pictureBytes) });

/** Null removes it. */
export const emailBody = z.strictObject({ email: z.nullable(email) });

/** What others see of a person's doings; what is not named stays as it is. */
export const visibilityBody = z.strictObject({
  availability: z.optional(availability),
  readStates: z.optional(z.boolean()),
  typing: z.optional(z.boolean()),
});
