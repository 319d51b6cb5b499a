import type { AccountId } from "../../base/ids.ts";
import type { Message } from "../model-messages.ts";

export interface Unread {
  readonly unread: number;
  readonly mentions: number;
}

/**
 * Messages by others after `read`: counted where they are loaded, the rest is taken for messages.
 * Those of who is blocked do not count, as far as they are loaded.
 * @param loaded from which place to which; both 0 while nothing is
 */
export function countUnread(
  messages: readonly Message[],
  read: number,
  loaded: { readonly first: number; readonly last: number },
  lastSeq: number,
  isBlocked: (sender: AccountId) => boolean = () => false,
): Unread {
  let unread = Math.max(0, lastSeq - Math.max(read, loaded.last));
  if (loaded.last > 0) unread += Math.max(0, loaded.first - 1 - read);
  let mentions = 0;
  for (let i = messages.length - 1; i >= 0; i--) {
    const { seq, mine, body, mentionsMe, sender } = messages[i] as Message;
    if (seq !== null && seq <= read) break;
    if (seq === null || mine || body.kind === "deleted" || isBlocked(sender)) continue;
    unread += 1;
    if (mentionsMe) mentions += 1;
  }
  return { unread, mentions };
}
