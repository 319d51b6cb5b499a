import * as z from "zod/mini";
import { password, totpCode } from "../account-fields.ts";
import { counter, token } from "../fields.ts";

/** Replacing what signs a person in. */

export const credentialsAnswer = z.object({
  email: z.nullable(z.string()),
  /** The newest second factor was a sign-in code: the authenticator may be lost. */
  authenticatorMissed: z.boolean(),
  /** Null when there is none. */
  signInCodes: z.nullable(z.object({ left: counter, madeAt: counter })),
  /** How many characters a new password has at least. */
  passwordChars: counter,
});

export const changePasswordBody = z.strictObject({ password });

export const signInCodesAnswer = z.object({ codes: z.array(z.string()) });

export const startTotpAnswer = z.object({
  replacement: token,
  totpUri: z.string(),
  totpSecret: z.string(),
});

export const confirmTotpBody = z.strictObject({ replacement: token, code: totpCode });

/** By the link that an administrator hands out: the password once more, then a new authenticator's first right code. */
export const startEnrolmentBody = z.strictObject({ enrolment: token, password });
export const confirmEnrolmentBody = z.strictObject({ enrolment: token, replacement: token, code: totpCode });
