import * as z from "zod/mini";
import { accessRule, accessRules } from "../../access-rules.ts";
import { counter } from "../../fields.ts";
import { person } from "../../person.ts";

/** Access rules as the administration shows and sets them: the list as a whole, so that its order is never in doubt. */

export const setAccessRulesBody = z.strictObject({
  /** What was read, and is replaced. */
  version: counter,
  rules: accessRules,
  /** Rules that shut out whoever sets them hold for ten minutes, and only if that is wanted. */
  trial: z.boolean(),
});
export type SetAccessRules = z.infer<typeof setAccessRulesBody>;

export const tryAccessRulesBody = z.strictObject({ rules: accessRules });
export const confirmAccessRulesBody = z.strictObject({ version: counter });

export const accessRulesAnswer = z.object({
  version: counter,
  rules: z.array(accessRule),
  /** Null as long as nobody has set any. */
  changed: z.nullable(z.object({ at: counter, by: z.nullable(person) })),
  /** When they end unless they are confirmed; null once they are. */
  trialUntil: z.nullable(counter),
  /** Where the server sees whoever asks. */
  address: z.string(),
});
export type AccessRulesView = z.infer<typeof accessRulesAnswer>;

const shutOut = z.object({
  people: counter,
  sessions: counter,
  /** The first 50. */
  names: z.array(person),
});

/** Who is let in now and would not be, by the address of their sign-in. */
export const accessTrialAnswer = z.object({ server: shutOut, admin: shutOut, self: z.boolean() });
export type AccessTrial = z.infer<typeof accessTrialAnswer>;
