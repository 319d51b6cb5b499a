import * as z from "zod/mini";
import { counter } from "../../fields.ts";
import { person } from "../../person.ts";
import { POLICY_KEYS, policyChanges } from "../../policies.ts";

/** Policies as the administration shows them. */

/** Those that change; the others stay. */
export const changePoliciesBody = policyChanges;

export const policyView = z.object({
  key: z.enum(POLICY_KEYS),
  value: z.union([z.string(), z.number(), z.boolean()]),
  /** Null as long as it is what it was from the start. */
  changed: z.nullable(z.object({ at: counter, by: z.nullable(person) })),
});
export type PolicyView = z.infer<typeof policyView>;

export const policiesAnswer = z.object({
  policies: z.array(policyView),
  /** How long messages are kept at most by MESSAGE_RETENTION, in seconds; 0 without end. Whichever is shorter holds. */
  messageRetention: counter,
});
export type PoliciesView = z.infer<typeof policiesAnswer>;
