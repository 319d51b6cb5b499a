import * as z from "zod/mini";
import type { ConversationId } from "../../../base/ids.ts";
import { accessRule, accessRules } from "../../access-rules.ts";
import { counter, id } from "../../fields.ts";
import { LIMITS } from "../../limits.ts";
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

/** What tells a room from others whose names are sealed as well. */
const ruledRoom = z.object({
  id: id<ConversationId>(),
  kind: z.enum(["private-room", "public-room"]),
  /** Of a public room. */
  name: z.nullable(z.string()),
  createdAt: counter,
  members: counter,
  /** At most three. */
  owners: z.array(person),
});
export type RuledRoom = z.infer<typeof ruledRoom>;

export const accessRulesAnswer = z.object({
  version: counter,
  rules: z.array(accessRule),
  /** That rules are about; without those that were deleted since. */
  rooms: z.array(ruledRoom),
  /** Null as long as nobody has set any. */
  changed: z.nullable(z.object({ at: counter, by: z.nullable(person) })),
  /** When they end unless they are confirmed; null once they are. */
  trialUntil: z.nullable(counter),
  /** Where the server sees whoever asks. */
  address: z.string(),
});
export type AccessRulesView = z.infer<typeof accessRulesAnswer>;

/** The start of a public room's name, or the whole id of any room. */
export const ruledRoomsQuery = z.strictObject({
  q: z.string().check(z.trim(), z.minLength(1), z.maxLength(LIMITS.searchChars.max)),
});
/** At most 20. */
export const ruledRoomsAnswer = z.object({ rooms: z.array(ruledRoom) });

const shutOut = z.object({
  people: counter,
  sessions: counter,
  /** The first 50. */
  names: z.array(person),
});

/** Who is let in now and would not be, by the address of their sign-in. */
export const accessTrialAnswer = z.object({
  server: shutOut,
  admin: shutOut,
  /** Of members of each room alone; without those that would lose nobody. */
  rooms: z.array(z.object({ room: ruledRoom, ...shutOut.shape })),
  self: z.boolean(),
});
export type AccessTrial = z.infer<typeof accessTrialAnswer>;
