import * as z from "zod/mini";
import type { AccountId, ConversationId } from "../../base/ids.ts";
import { bytes, counter, id } from "../fields.ts";
import { LIMITS } from "../limits.ts";

/** What only rooms have: a directory, requests to enter, and what moderators do. */

export const directoryAnswer = z.object({
  rooms: z.array(
    z.object({
      id: id<ConversationId>(),
      name: z.string(),
      topic: z.string(),
      memberCount: counter,
      /** The caller's own. */
      standing: z.enum(["member", "waiting", "banned", "none"]),
    }),
  ),
});

/** A signed join request (docs/protocol.md §4.7). */
const request = bytes(1, 1024);

export const joinBody = z.strictObject({ request });

/** Who asks to be let in, oldest first. */
export const joinRequestsAnswer = z.object({
  requests: z.array(z.object({ account: id<AccountId>(), request, since: counter })),
});

/** The last moment of the year 9999: databases know no later one. */
const LATEST = 253_402_300_799_999;

/** Until when somebody may not write, in milliseconds since 1970; null lets them write again. */
export const muteBody = z.strictObject({
  account: id<AccountId>(),
  until: z.nullable(counter.check(z.lte(LATEST))),
});

/** The record by which an owner removes everybody. */
export const deleteRoomBody = z.strictObject({ record: bytes(1, LIMITS.recordBytes) });

/** What moderators did and no record says, newest first. */
export const moderationAnswer = z.object({
  events: z.array(
    z.object({
      at: counter,
      author: id<AccountId>(),
      kind: z.enum(["muted", "erased", "profile", "report"]),
      account: z.optional(id<AccountId>()),
      /** Of "muted": absent where the person may write again. */
      until: z.optional(counter),
    }),
  ),
});
