import type { Conversation } from "@/lib/client/model";
import type { TimelineRow } from "./timeline-rows";

/** What a timeline holds still: its end, or a row so many pixels below the upper edge. */
export type TimelinePlace =
  | "end"
  | { readonly key: string; readonly seq: number | null; readonly offset: number };

/** Where each conversation was left, until the page is. */
const left = new Map<Conversation["id"], TimelinePlace>();

export const keptPlace = (conversation: Conversation["id"]): TimelinePlace | null =>
  left.get(conversation) ?? null;

export function keepPlace(conversation: Conversation["id"], place: TimelinePlace): void {
  left.set(conversation, place);
}

export function placeOf(row: TimelineRow, offset: number): TimelinePlace {
  return { key: row.key, seq: row.kind === "message" ? row.message.seq : null, offset };
}

/**
 * The row that a place names; where that is gone, the one that took its place. Null for the end, and for what is
 * before everything that is loaded.
 */
export function rowOfPlace(rows: readonly TimelineRow[], place: TimelinePlace): number | null {
  if (place === "end") return null;
  const { key, seq } = place;
  const same = rows.findIndex((row) => row.key === key);
  if (same >= 0) return same;
  if (seq === null) return null;
  const seqOf = (row: TimelineRow) => (row.kind === "message" ? row.message.seq : null);
  const first = rows.find((row) => seqOf(row) !== null);
  if (!first || (seqOf(first) ?? 0) > seq) return null;
  const next = rows.findIndex((row) => (seqOf(row) ?? 0) >= seq);
  return next >= 0 ? next : null;
}
