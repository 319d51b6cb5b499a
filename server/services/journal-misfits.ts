import type { JournalFault } from "../../lib/protocol/http/admin/journal.ts";
import type { ChainRow } from "../database/journal.ts";
import { followsFrom } from "./journal-chain.ts";

/** A row that does not follow from what stands before it. */
export interface Misfit {
  readonly row: ChainRow;
  /** The hash that stands before it; null after a gap. */
  readonly previous: Uint8Array | null;
}

/** Each is tried in the place of each other one. */
export const MOST_TRIED = 100;

/**
 * Of rows that do not follow: those that would in another's place changed places with it, and those that follow once the
 * others are put back were not touched at all. What is left was changed.
 * @param misfits at most MOST_TRIED
 */
export function findMoved(misfits: readonly Misfit[]): JournalFault[] {
  const faults: JournalFault[] = [];
  /** The hash that belongs in a place, where that was found out. */
  const settled = new Map<number, Uint8Array>();
  const gone = new Set<number>();
  const unfilled: ChainRow[] = [];
  for (const { row: there, previous } of misfits) {
    const before = settled.get(there.id - 1) ?? previous;
    const fitting = before && misfits.map(({ row }) => row).find((row) => followsFrom(before, row, there.id));
    if (!fitting) {
      unfilled.push(there);
      continue;
    }
    settled.set(there.id, fitting.hash);
    if (fitting.id === there.id) gone.add(there.id);
    else {
      gone.add(fitting.id);
      faults.push({ kind: "moved", id: fitting.id, to: there.id });
    }
  }
  for (const { id } of unfilled) if (!gone.has(id)) faults.push({ kind: "changed", id });
  return faults;
}
