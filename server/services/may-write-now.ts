import type { AccountId } from "../../lib/base/ids.ts";
import { mayWrite } from "../../lib/crypto/verify.ts";
import type { KnownConversation } from "./conversations.ts";

/** Whether somebody may write there, but for slow mode. Needs no query. @param now milliseconds since 1970 */
export function mayWriteNow(
  { closed, archived, seats, posting }: KnownConversation,
  account: AccountId,
  now: number,
): boolean {
  const seat = seats.get(account);
  if (!seat || closed || archived || (seat.mutedUntil ?? 0) > now) return false;
  return mayWrite({ members: seats, policy: { posting } }, account);
}
