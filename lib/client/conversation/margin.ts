import type { AccountId } from "../../base/ids.ts";
import type { MessageRef } from "../../protocol/content.ts";
import type { ToldRecord } from "../key-book.ts";
import type { Timeline } from "../model.ts";
import { linesBetween, peopleOf } from "./lines.ts";
import type { LogEntry } from "./message-log.ts";
import { createPinned, type PinnedDeps } from "./pinned.ts";

/** So many people of a line are named. */
const NAMED = 2;

export interface MarginDeps extends PinnedDeps {
  readonly self: AccountId;
  now(): number;
  /** The shown messages. */
  entries(): readonly LogEntry[];
  told(): readonly ToldRecord[];
  numberOf(entry: LogEntry): number | null;
  pins(): readonly MessageRef[];
  /** Asks what somebody is called. */
  introduce(account: AccountId): void;
}

type Margin = Pick<Timeline, "lines" | "pinned">;

/** What stands beside messages and is none: lines of what happened, and what the room pins. */
export function createMargin(deps: MarginDeps) {
  const pinned = createPinned(deps);
  let known: { readonly of: readonly unknown[]; readonly lines: Timeline["lines"] } | null = null;
  let shown: Timeline["pinned"] = [];
  let membersAreNamed = false;

  function lines({ hasOlder, hasNewer }: Pick<Timeline, "hasOlder" | "hasNewer">): Timeline["lines"] {
    const entries = deps.entries();
    const told = deps.told();
    const of = [entries, told.length, deps.firstSeq(), hasOlder, hasNewer];
    if (known?.of.every((one, i) => one === of[i])) return known.lines;
    const found = linesBetween({
      entries,
      told,
      numberOf: deps.numberOf,
      isBeginning: !hasOlder,
      isEnd: !hasNewer,
      now: deps.now(),
      from: deps.firstSeq() > 1 ? ownEntrance(told) : 1,
    });
    known = { of, lines: found };
    introduce();
    return found;
  }

  function introduce(): void {
    if (!membersAreNamed) return;
    for (const { author, event } of known?.lines ?? [])
      for (const account of [author, ...peopleOf(event).slice(0, NAMED)]) deps.introduce(account);
  }

  /** What was before one's own time is not told: the messages of that time are not there either. */
  function ownEntrance(told: readonly ToldRecord[]): number {
    const own = told.findLast(({ changes }) =>
      changes.some(({ operation, account }) => operation === "add" && account === deps.self),
    );
    return own?.number ?? 1;
  }

  return {
    apart: pinned.apart,

    view(around: Pick<Timeline, "hasOlder" | "hasNewer">): Margin {
      const next = pinned.shown(deps.pins());
      if (next.length !== shown.length || next.some((one, i) => one !== shown[i])) shown = next;
      return { lines: lines(around), pinned: shown };
    },

    /** Who is in it has a name by now: the others are asked for one by one. */
    membersNamed(): void {
      membersAreNamed = true;
      introduce();
    },

    /** @throws AppError */
    loadPinned: (most: number): Promise<void> => pinned.load(deps.pins(), most),
  };
}
