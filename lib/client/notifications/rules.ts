import type { Message } from "../model-messages.ts";
import { type ConversationNotes, NO_NOTES, type QuietTime, type Settings } from "../model-notes.ts";

/** Whether a message makes itself heard, and a conversation is counted: what somebody chose, and nothing else. */

export function isMuted({ mutedUntil }: Pick<ConversationNotes, "mutedUntil">, now: number): boolean {
  return mutedUntil !== null && mutedUntil > now;
}

/** @param now milliseconds since 1970; the clock and the days are this browser's */
export function isQuiet(quiet: QuietTime | null, now: number): boolean {
  if (!quiet) return false;
  const date = new Date(now);
  const minute = date.getHours() * 60 + date.getMinutes();
  const { from, to, days } = quiet;
  const today = date.getDay();
  if (from < to) return days.includes(today) && minute >= from && minute < to;
  // Over midnight, and all day where both are the same.
  return minute >= from ? days.includes(today) : minute < to && days.includes((today + 6) % 7);
}

/** @param mentioned whether it, or one that came with it, names this person */
export function isTold(
  { mine, sender, body }: Pick<Message, "mine" | "sender" | "body">,
  mentioned: boolean,
  { notes = NO_NOTES, settings, now }: { notes?: ConversationNotes; settings: Settings; now: number },
): boolean {
  if (mine || (body.kind !== "text" && body.kind !== "poll")) return false;
  if (settings.blocked.includes(sender) || isMuted(notes, now) || isQuiet(settings.quiet, now)) return false;
  return notes.notify === "all" || (notes.notify === "mentions" && mentioned);
}

/** Whether it is among those that the page's title and its icon count. */
export function isCounted(
  { unread, mentions }: { readonly unread: number; readonly mentions: number },
  notes: ConversationNotes = NO_NOTES,
  now: number,
): boolean {
  return mentions > 0 || (unread > 0 && notes.notify === "all" && !isMuted(notes, now));
}
