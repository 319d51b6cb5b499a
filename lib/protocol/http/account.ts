import * as z from "zod/mini";
import type { AccountId, ConversationId } from "../../base/ids.ts";
import { bytes, counter, id } from "../fields.ts";
import { LIMITS } from "../limits.ts";

/** The end of an account, and what the server holds of it. */

/** The name as the person typed it, and a signed record of leaving for each conversation that can be left so. */
export const deleteAccountBody = z.strictObject({
  name: z.string().check(z.maxLength(LIMITS.accountNameChars.max)),
  departures: z
    .array(z.strictObject({ conversation: id<ConversationId>(), record: bytes(1, LIMITS.recordBytes) }))
    .check(
      z.maxLength(LIMITS.departures),
      z.refine((list) => new Set(list.map(({ conversation }) => conversation)).size === list.length),
    ),
});

/** What the server holds of an account. What a newer server adds is passed on as it is. */
export const accountDataAnswer = z.looseObject({
  account: z.looseObject({
    id: id<AccountId>(),
    name: z.string(),
    displayName: z.string(),
    status: z.string(),
    email: z.nullable(z.string()),
    createdAt: counter,
  }),
  devices: z.array(z.looseObject({ name: z.string() })),
  sessions: z.array(z.looseObject({})),
});

export type AccountData = z.infer<typeof accountDataAnswer>;
