import * as z from "zod/mini";
import type { AccountId } from "../../base/ids.ts";
import { counter, id } from "../fields.ts";
import { person } from "../person.ts";
import { ROLES } from "../roles.ts";

/** What a person sees of people, and who is signed in. */

export const peopleAnswer = z.object({ people: z.array(person) });

/** `hasKeys`: whether the account's keys exist at all, whatever this browser holds. */
export const meAnswer = z.object({ account: person, hasKeys: z.boolean(), role: z.enum(ROLES) });

/** What next-auth answers at /api/auth/session: an empty object when signed out. */
export const sessionAnswer = z.object({
  user: z.optional(z.object({ id: id<AccountId>() })),
  /** Milliseconds until the session is over: if nothing more is done in it, and at the latest. */
  left: z.optional(z.object({ idle: counter, absolute: counter })),
});
