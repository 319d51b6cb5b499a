import * as z from "zod/mini";
import type { AccountId } from "../../base/ids.ts";
import { accountName, counter, displayName, id, password, secondFactor, token, totpCode } from "../fields.ts";
import { person } from "../person.ts";

/** Bodies of registration and sign-in, and what a person sees of people. */

export const startRegistrationBody = z.strictObject({
  name: accountName,
  displayName,
  password,
  firstRunToken: z.optional(token),
});

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

export const peopleAnswer = z.object({ people: z.array(person) });

/** `hasKeys`: whether the account's keys exist at all, whatever this browser holds. */
export const meAnswer = z.object({ account: person, hasKeys: z.boolean() });

/** What next-auth answers at /api/auth/session: an empty object when signed out. */
export const sessionAnswer = z.object({
  user: z.optional(z.object({ id: id<AccountId>() })),
  /** Milliseconds until the session is over: if nothing more is done in it, and at the latest. */
  left: z.optional(z.object({ idle: counter, absolute: counter })),
});
