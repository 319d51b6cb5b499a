import * as z from "zod/mini";
import type { AccountId, ConversationId } from "../base/ids.ts";
import { counter, id } from "./fields.ts";
import { LIMITS } from "./limits.ts";

/** What browsers send over the socket as text (frames.ts has the rest): apart from it, because only the server reads them. */

/** How far this account has received and read a conversation; each only ever grows. */
const receipt = z.strictObject({
  type: z.literal("receipt"),
  conversation: id<ConversationId>(),
  delivered: z.optional(counter),
  read: z.optional(counter),
});

export const clientTextFrame = z.discriminatedUnion("type", [
  receipt,
  /** Is anybody there? A browser cannot see protocol pings, and a dead network says nothing. */
  z.strictObject({ type: z.literal("ping") }),
  /**
   * The people this account has blocked; replaces the earlier list. Neither side sees whether the other is online or writing.
   * Until the first such frame, this person looks offline to everybody.
   */
  z.strictObject({
    type: z.literal("hide"),
    people: z.array(id<AccountId>()).check(z.maxLength(LIMITS.hiddenFrom)),
  }),
  /** Whether somebody is at this browser; true until it says otherwise. */
  z.strictObject({ type: z.literal("activity"), active: z.boolean() }),
  /** What this socket looks at, in place of what it looked at before: people, and one open conversation. */
  z.strictObject({
    type: z.literal("watch"),
    people: z.array(id<AccountId>()).check(z.maxLength(LIMITS.watchedPeople)),
    conversation: z.nullable(id<ConversationId>()),
  }),
  /** This person is writing. */
  z.strictObject({ type: z.literal("typing"), conversation: id<ConversationId>() }),
]);
export type ClientTextFrame = z.infer<typeof clientTextFrame>;
