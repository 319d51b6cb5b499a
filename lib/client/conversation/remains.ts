import { headerOf } from "./header-of.ts";
import type { Lifetime } from "./lifetime.ts";
import type { LogEntry } from "./message-log.ts";

/** How much of a conversation its time has left, for whoever ends its keys. */
export interface Remains {
  /** How long messages live; 0 for ever. */
  readonly seconds: number;
  readonly isEmpty: boolean;
  readonly lastSeq: number;
  /** The key epoch of the oldest message there is; null where it is not known here. */
  readonly oldest: number | null;
}

/** @param entries those that are loaded at the end of the conversation, oldest first */
export function remainsOf(
  lifetime: Pick<Lifetime, "first" | "seconds">,
  [oldest]: readonly LogEntry[],
  lastSeq: number,
): Remains {
  const isWhole = oldest?.stored.seq === lifetime.first();
  return {
    seconds: lifetime.seconds(),
    isEmpty: lifetime.first() > lastSeq,
    lastSeq,
    oldest: (isWhole && headerOf(oldest.stored)?.keyEpoch) || null,
  };
}
