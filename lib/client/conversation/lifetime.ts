import type { StoredMessage } from "../../protocol/frames.ts";
import { shorterRetention } from "../../protocol/retention.ts";
import type { ConversationKeys } from "../chain-follower.ts";
import type { ServerClock } from "../server-clock.ts";
import { createAlarmClock } from "./alarm-clock.ts";

/** How much earlier than by the clock here the server may take a message away: what it says of its time is late. */
const EARLY_MS = 60_000;

interface Policy {
  readonly policy: { readonly retentionSeconds: number };
}

type Entries = readonly { readonly stored: Pick<StoredMessage, "seq" | "storedAt"> }[];

export interface LifetimeDeps {
  readonly clock: ServerClock;
  /** What is loaded, oldest first: each run of it. */
  loaded(): readonly Entries[];
  /** Nothing is left before this place: forget it. */
  onGone(first: number): void;
}

/** How long messages of one conversation live, and where they begin by now (docs/protocol.md §7.4). */
export function createLifetime(firstSeq: number, { clock, loaded, onGone }: LifetimeDeps) {
  let first = firstSeq;
  let ownSeconds = 0;
  /** The record that took this account in; null while none is known. */
  let entered: number | null = null;
  const alarm = createAlarmClock(clock.now, expire);

  const seconds = () => shorterRetention(ownSeconds, clock.longestRetention());
  /** What was stored then or before is over; nothing is where messages are kept. */
  const cutoff = () => (seconds() > 0 ? clock.now() - seconds() * 1000 : Number.NEGATIVE_INFINITY);

  function expire(): void {
    const before = cutoff();
    const runs = loaded();
    begin(Math.max(0, ...runs.map((entries) => overUpTo(entries, before))) + 1);
    const oldest = runs.flatMap((entries) => entries.find(({ stored }) => stored.seq >= first) ?? []);
    const due = Math.min(...oldest.map(({ stored }) => stored.storedAt)) + seconds() * 1000;
    alarm.set(seconds() > 0 && oldest.length > 0 ? due : null);
  }

  function begin(at: number): void {
    if (at <= first) return;
    first = at;
    onGone(first);
  }

  return {
    first: (): number => first,
    /** As the newest record says; 0 keeps messages. */
    ownSeconds: (): number => ownSeconds,
    seconds,
    cutoff,
    /** Something was loaded, or a limit changed: forgets what is over by now, and waits for what is next. */
    expire,
    begin,

    /** As the newest records say. Whoever was out and is in again has nothing of what was before. */
    follow(keys: Pick<ConversationKeys, "entered" | "firstSeq"> & { readonly state: Policy }): void {
      if (entered !== null && entered < keys.entered) begin(keys.firstSeq);
      entered = keys.entered;
      ownSeconds = keys.state.policy.retentionSeconds;
      expire();
    },

    /** Whether the server may have taken it away by now. */
    mayBeGone: ({ storedAt }: Pick<StoredMessage, "storedAt">): boolean => storedAt <= cutoff() + EARLY_MS,

    /** Where the server says that messages begin. @returns false where that leaves out what is held here and lives */
    adopt(theirs: number): boolean {
      const withheld = loaded().some((entries) =>
        entries.some(({ stored }) => first <= stored.seq && stored.seq < theirs && !this.mayBeGone(stored)),
      );
      if (!withheld) begin(theirs);
      expire();
      return !withheld;
    },

    stop: (): void => alarm.set(null),
  };
}

export type Lifetime = ReturnType<typeof createLifetime>;

/** The newest of those before all that live; 0 for none. */
function overUpTo(entries: Entries, before: number): number {
  const living = entries.findIndex(({ stored }) => stored.storedAt > before);
  return (living < 0 ? entries.at(-1) : entries[living - 1])?.stored.seq ?? 0;
}
