import * as z from "zod/mini";
import type { AppPasswordId } from "../../base/ids.ts";
import { APP_PASSWORD_NAME_CHARS, APP_PASSWORD_SHAPE } from "../app-password.ts";
import { counter, id, UNSAFE_IN_NAMES } from "../fields.ts";

/** What a program signs in by, in place of password and code. */

export const appPasswordParams = z.strictObject({ id: id<AppPasswordId>() });

export const newAppPasswordBody = z.strictObject({
  name: z.string().check(
    z.trim(),
    z.normalize("NFC"),
    z.minLength(1),
    z.maxLength(APP_PASSWORD_NAME_CHARS),
    z.refine((text) => !UNSAFE_IN_NAMES.test(text)),
  ),
});

export const appPasswordMade = z.object({ appPassword: z.string().check(z.regex(APP_PASSWORD_SHAPE)) });

export const appPasswordsAnswer = z.object({
  /** Whether an administrator lets this person have any. */
  allowed: z.boolean(),
  /** Oldest first. */
  appPasswords: z.array(
    z.object({
      id: id<AppPasswordId>(),
      name: z.string(),
      createdAt: counter,
      /** Null for never. */
      lastUsedAt: z.nullable(counter),
    }),
  ),
});

export const appPasswordSignInBody = z.strictObject({
  // Loose on purpose, as at any other sign-in.
  name: z.string().check(z.maxLength(256), z.trim(), z.toLowerCase()),
  appPassword: z.string().check(z.regex(APP_PASSWORD_SHAPE)),
});
