import type { AccountId } from "../../lib/base/ids.ts";
import { mayWrite } from "../../lib/crypto/verify.ts";
import type { KnownConversation } from "./conversations.ts";

export type WritingRefusal = "conversation-closed" | "room-archived" | "posting-restricted" | "muted";

/** Why somebody who is a member may not write there, but for slow mode. Needs no query. @param now milliseconds since 1970 */
export function findWritingRefusal(
  { closed, archived, seats, posting }: KnownConversation,
  account: AccountId,
  now: number,
): WritingRefusal | null {
  if (closed) return "conversation-closed";
  if (archived) return "room-archived";
  if (!mayWrite({ members: seats, policy: { posting } }, account)) return "posting-restricted";
  return (seats.get(account)?.mutedUntil ?? 0) > now ? "muted" : null;
}

/** Whether somebody may write there, but for slow mode. Needs no query. @param now milliseconds since 1970 */
export function mayWriteNow(conversation: KnownConversation, account: AccountId, now: number): boolean {
  return conversation.seats.has(account) && findWritingRefusal(conversation, account, now) === null;
}
