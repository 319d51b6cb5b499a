import type { Bytes } from "../../base/bytes.ts";
import type { LogEntry } from "./message-log.ts";

/**
 * Whether messages stand in the order of the records they were sealed under: the server takes none under an older one, so
 * that who is out cannot write any more. One that does could only come from a server that works with them.
 */
export function createRecordOrder(deps: {
  /** The number of an accepted record; null where it is not known. */
  readonly findNumber: (recordHash: Bytes) => number | null;
  readonly onBroken: () => void;
}) {
  const numbers = new WeakMap<LogEntry, number>();

  function numberOf(entry: LogEntry): number | null {
    const known = numbers.get(entry);
    if (known !== undefined) return known;
    const number = entry.message && deps.findNumber(entry.message.header.recordHash);
    if (number !== null) numbers.set(entry, number);
    return number;
  }

  return {
    /** The number of the record that a message was sealed under; null where that is not known. */
    numberOf,

    /** @param entries in the order of their seq */
    check(entries: readonly LogEntry[]): void {
      let highest = 0;
      for (const entry of entries) {
        const number = numberOf(entry) ?? highest;
        if (number < highest && !entry.replayed) deps.onBroken();
        highest = Math.max(highest, number);
      }
    },
  };
}
