import * as z from "zod/mini";
import { accountName, displayName, email, password, secondFactor, totpCode } from "../account-fields.ts";
import { token } from "../fields.ts";

/** Registration, sign-in, and both factors once more. */

export const startRegistrationBody = z.strictObject({
  name: accountName,
  displayName,
  password,
  email: z.optional(email),
  firstRunToken: z.optional(token),
  invitation: z.optional(token),
});

export const readInvitationBody = z.strictObject({ invitation: token });

export const startRegistrationAnswer = z.object({
  registration: token,
  totpUri: z.string(),
  totpSecret: z.string(),
});

export const confirmRegistrationBody = z.strictObject({ registration: token, code: totpCode });

export const startSignInBody = z.strictObject({
  // Loose on purpose: a name that could never exist gets the same answer as one that does not.
  name: z.string().check(z.maxLength(256), z.trim(), z.toLowerCase()),
  password,
});

export const startSignInAnswer = z.object({ challenge: token });

export const stepUpBody = z.strictObject({ password, code: secondFactor });

export const confirmSignInBody = z.object({ challenge: token, code: secondFactor });
