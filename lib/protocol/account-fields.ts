import * as z from "zod/mini";
import { plainName } from "./fields.ts";
import { ACCOUNT_NAME_SHAPE, LIMITS } from "./limits.ts";
import { SIGN_IN_CODE_SHAPE } from "./sign-in-code.ts";

/** Schemas of what people type about an account and to get into it: the open messenger does without them. */

/** A sign-in name: what people type, find and mention. Lower case only, so that two names never look alike. */
export const accountName = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.minLength(LIMITS.accountNameChars.min),
    z.maxLength(LIMITS.accountNameChars.max),
    z.regex(ACCOUNT_NAME_SHAPE),
  );

export const displayName = plainName(LIMITS.displayNameChars);

/** ASCII only, as zod's pattern is: two addresses never look alike. */
export const email = z.string().check(z.trim(), z.maxLength(LIMITS.emailChars), z.email());

/** Any string: whether a password is acceptable is the service's to say, with its own error codes. */
export const password = z.string().check(z.maxLength(LIMITS.httpBodyBytes));

/** Exactly six ASCII digits: a full-width digit or an array never reaches the TOTP library. */
export const totpCode = z.string().check(z.regex(/^[0-9]{6}$/));

/** What proves the second factor: the authenticator's code, or a sign-in code in its place. */
export const secondFactor = z.union([totpCode, z.string().check(z.regex(SIGN_IN_CODE_SHAPE))]);
