import * as z from "zod/mini";
import type { ConversationId } from "../../base/ids.ts";
import { bytes, id } from "../fields.ts";
import { LIMITS } from "../limits.ts";

/** The end of an account, and what the server holds of it. */

/** The name as the person typed it, and a signed record of leaving for each conversation that can be left so. */
export const deleteAccountBody = z.strictObject({
  name: z.string().check(z.maxLength(LIMITS.accountNameChars.max)),
  departures: z
    .array(z.strictObject({ conversation: id<ConversationId>(), record: bytes(1, LIMITS.recordBytes) }))
    .check(z.maxLength(LIMITS.departures)),
});
