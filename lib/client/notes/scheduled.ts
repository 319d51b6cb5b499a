import type { MessageId } from "../../base/ids.ts";
import type { ConversationNotes, Scheduled } from "../model-notes.ts";

/**
 * Which scheduled messages leave, and who sends one: whoever has written into the vault, before, that it does. Times in
 * milliseconds since 1970, by the server's clock.
 */

/** A tab that has not sent what it claimed by then is taken for gone. */
export const CLAIM_MS = 2 * 60_000;
/** What no browser was there for until then is not sent any more unless somebody says so. */
export const OVERDUE_MS = 24 * 3_600_000;

export type ScheduledStanding = "waiting" | "due" | "sending" | "overdue";

export function standingOf(entry: Scheduled, now: number): ScheduledStanding {
  if (isClaimed(entry, now)) return "sending";
  if (entry.at > now) return "waiting";
  return now - entry.at < OVERDUE_MS ? "due" : "overdue";
}

/** Whether somebody is sending it. A claim far in the future is some wrong clock's. */
export function isClaimed({ claim }: Scheduled, now: number): boolean {
  return claim !== undefined && Math.abs(now - claim.at) < CLAIM_MS;
}

/** @param by this tab, which goes on with what it claimed itself */
export function mayClaim(entry: Scheduled, by: string, now: number): boolean {
  const standing = standingOf(entry, now);
  return standing === "due" || (standing === "sending" && entry.claim?.by === by);
}

/** The same object when it is not to be claimed: it is gone, not due, or somebody else's. */
export function claimed(
  notes: ConversationNotes,
  id: MessageId,
  claim: { readonly by: string; readonly at: number },
): ConversationNotes {
  const entry = notes.scheduled.find((one) => one.id === id);
  return entry && mayClaim(entry, claim.by, claim.at) ? replaced(notes, { ...entry, claim }) : notes;
}

/** The same object when it is not there. */
export function without(notes: ConversationNotes, id: MessageId): ConversationNotes {
  const scheduled = notes.scheduled.filter((one) => one.id !== id);
  return scheduled.length === notes.scheduled.length ? notes : { ...notes, scheduled };
}

export function replaced(notes: ConversationNotes, entry: Scheduled): ConversationNotes {
  return { ...notes, scheduled: notes.scheduled.map((one) => (one.id === entry.id ? entry : one)) };
}
