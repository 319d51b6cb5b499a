import type { Row } from "./block.ts";
import type { Item, Remark, Run, Said } from "./items.ts";
import type { Outline } from "./outline.ts";

/** More are not tried again. */
const MOST_WAITING = 5_000;

/** Null takes the row away. */
export interface RowChange {
  readonly seq: number;
  readonly row: Row | null;
}

export interface Merged {
  readonly outline: Omit<Outline, "blocks" | "forgotten">;
  readonly rows: readonly RowChange[];
  /** Something that could be found is not to be found any more. */
  readonly isGone: boolean;
}

/**
 * What an outline becomes by a run, and which rows change. Messages may come in any order: what is said about one
 * that was not looked at yet is kept until it is.
 * @returns null for a run that does not adjoin
 */
export async function mergeRun(
  outline: Outline,
  { from, upTo, whole, items }: Run,
  find: (seq: number) => Promise<Row | null>,
): Promise<Merged | null> {
  const isFirst = outline.upTo === 0;
  if (!isFirst && (from > outline.upTo + 1 || upTo < outline.from - 1)) return null;
  const range = {
    from: isFirst ? from : Math.min(from, outline.from),
    upTo: Math.max(upTo, outline.upTo),
    whole: outline.whole || whole,
  };
  const seen = new Set(items.map(({ seq }) => seq));
  const waiting = [
    ...outline.waiting.filter((seq) => !seen.has(seq)),
    ...items.filter(({ kind }) => kind === "waiting").map(({ seq }) => seq),
  ].slice(-MOST_WAITING);

  const changed = new Map<number, Row | null>();
  for (const { seq, at, sender, thread, text, files } of items.filter(isSaid)) {
    if (outline.forgotten.includes(sender) || (await find(seq))) continue;
    changed.set(seq, { seq, at, sender, edited: 0, thread, text, files });
  }
  const remarks = [...outline.remarks, ...items.filter(isRemark)].sort((a, b) => a.seq - b.seq);
  const early: Remark[] = [];
  let isGone = false;
  for (const remark of remarks) {
    const { target } = remark;
    const isKnown = target >= range.from && target <= range.upTo && !waiting.includes(target);
    if (!isKnown) {
      // A target that comes later, or before everything, cannot be meant.
      if (target < remark.seq && !(range.whole && target < range.from)) early.push(remark);
      continue;
    }
    const row = changed.get(target) ?? (changed.has(target) ? null : await find(target));
    const next = row && apply(remark, row);
    if (next === row) continue;
    changed.set(target, next);
    isGone = true;
  }
  return {
    outline: {
      ...range,
      waiting,
      remarks: early,
      oldestAt: items.reduce((oldest, { at }) => Math.min(oldest, at), outline.oldestAt),
    },
    rows: [...changed].map(([seq, row]) => ({ seq, row })),
    isGone,
  };
}

/** As docs/protocol.md §5.5 says who may. */
function apply(remark: Remark, row: Row): Row | null {
  const isOwn = remark.sender === row.sender;
  if (remark.seq <= row.seq) return row;
  if (remark.kind === "delete") return isOwn || remark.moderates ? null : row;
  return isOwn && remark.seq > row.edited ? { ...row, edited: remark.seq, text: remark.text } : row;
}

function isSaid(item: Item): item is Said {
  return item.kind === "said";
}

function isRemark(item: Item): item is Remark {
  return item.kind === "edit" || item.kind === "delete";
}
