import { equalBytes } from "../../lib/base/bytes.ts";
import type { JournalFault } from "../../lib/protocol/http/admin/journal.ts";
import type { ChainRow, JournalHead } from "../database/journal.ts";
import type { JournalChain } from "../database/journal-chain.ts";
import { addressOf, followsFrom } from "./journal-chain.ts";
import { parseCheckpoint } from "./journal-checkpoint.ts";
import { findMoved, type Misfit, MOST_TRIED } from "./journal-misfits.ts";

/** So few that hashing them holds nobody up. */
const BATCH = 500;
/** More are counted, not named: after so many there is nothing left to tell apart. */
const MOST_NAMED = 100;
/** Of a kind: a journal that was changed throughout must not fill the memory. */
const MOST_KEPT = 1_000;

export interface JournalVerdict {
  /** How many entries there are, and where the chain stands: what to write down. */
  readonly entries: number;
  readonly head: JournalHead | null;
  /** Entries whose address was erased at its time. */
  readonly erased: number;
  /** Of those, entries from before there were digests: their hash cannot be computed any more, their place can. */
  readonly unproved: number;
  /** Up to this one entries were removed at their time; 0 for none. */
  readonly removed: number;
  /** By where they stand. */
  readonly faults: readonly JournalFault[];
  /** Faults that are not named. */
  readonly more: number;
}

export interface VerificationProgress {
  readonly checked: number;
  readonly total: number;
}

/** Written down with each erasure: the entries up to this one have lost their addresses. */
export const erasureDetail = (upTo: number): string => `up to ${upTo}`;
const ERASURE = /^up to (\d{1,15})$/;

/** Written down with each removal: the last entry that goes, with its hash, after which the chain goes on. */
export const removalDetail = (checkpoint: string): string => `up to ${checkpoint}`;
const REMOVAL = /^up to ([1-9]\d{0,14}:[0-9a-f]{64})$/;

/** @returns null where nothing was removed */
function parseRemoval(detail: string | null): JournalHead | null {
  const [, checkpoint] = REMOVAL.exec(detail ?? "") ?? [];
  return checkpoint === undefined ? null : parseCheckpoint(checkpoint);
}

/**
 * Follows the chain from the first entry, or from where a removal ended, to the head that is kept apart; what is written meanwhile is followed too.
 * @param expected an entry as somebody wrote it down at another time: that it is still there, and the same
 * @returns the verdict, after the progress of each batch
 */
export async function* verifyJournal(
  chain: Pick<JournalChain, "rows" | "end" | "removal">,
  expected: JournalHead | null = null,
): AsyncGenerator<VerificationProgress, JournalVerdict> {
  const faults = createFaults();
  /** The first of them, until they are many enough. */
  const misfits: Misfit[] = [];
  let areMisfitsTold = false;
  // Nobody can have forged it alone: it stands in the chain that is followed from it.
  const cut = parseRemoval(await chain.removal());
  let { head, last } = await chain.end();
  let previous: { id: number; hash: Uint8Array | null } = { id: 0, hash: new Uint8Array(32) };
  let [count, erased, unproved, firstErased, lastErased, erasedUpTo] = [0, 0, 0, 0, 0, 0];
  let [digests, removed] = [false, 0];
  let expectedFound = expected === null;

  /** @returns whether the row follows, as far as that can be told */
  function follows(row: ChainRow): boolean {
    if (digests && row.addressDigest === null) return false;
    if (previous.hash === null || followsFrom(previous.hash, row)) return true;
    if (row.addressDigest !== null || row.address !== "") return false;
    unproved += 1;
    noteErased(row.id);
    return true;
  }

  function noteErased(id: number): void {
    erased += 1;
    firstErased ||= id;
    lastErased = id;
  }

  function noteMisfit(row: ChainRow): void {
    if (areMisfitsTold) faults.add({ kind: "changed", id: row.id });
    else if (misfits.push({ row, previous: previous.hash }) === MOST_TRIED) tellMisfits();
  }

  function tellMisfits(): void {
    if (!areMisfitsTold) for (const fault of findMoved(misfits)) faults.add(fault);
    areMisfitsTold = true;
  }

  /** Before the first entry that is there. Of a removal that a crash cut short, more is left than the chain needs. */
  function begin({ id }: ChainRow, { id: upTo, hash }: JournalHead): void {
    removed = Math.min(id - 1, upTo);
    previous = id > upTo ? { id: upTo, hash } : { id: id - 1, hash: null };
  }

  function take(row: ChainRow): void {
    if (cut && previous.id === 0 && row.id > 1) begin(row, cut);
    if (row.id > previous.id + 1) {
      faults.add({ kind: "missing", id: previous.id + 1, to: row.id - 1 });
      previous = { id: row.id - 1, hash: null };
    }
    if (row.id === 0) faults.add({ kind: "changed", id: 0 });
    else if (!follows(row)) noteMisfit(row);
    digests ||= row.addressDigest !== null;
    if (row.addressDigest !== null) {
      const address = addressOf(row);
      if (address === "changed") faults.add({ kind: "changed", id: row.id });
      if (address === "erased") noteErased(row.id);
    }
    if (row.event === "addresses-erased" && row.outcome === "ok")
      erasedUpTo = Math.max(erasedUpTo, Number(ERASURE.exec(row.detail)?.[1] ?? 0));
    if (row.id === cut?.id && !equalBytes(row.hash, cut.hash)) faults.add({ kind: "changed", id: row.id });
    if (row.id === head?.id && !equalBytes(row.hash, head.hash)) faults.add({ kind: "head", id: row.id });
    if (row.id === expected?.id) {
      expectedFound = true;
      if (!equalBytes(row.hash, expected.hash)) faults.add({ kind: "checkpoint", id: row.id });
    }
    count += 1;
    if (row.id > 0) previous = { id: row.id, hash: row.hash };
  }

  for (;;) {
    const rows = await chain.rows(count === 0 ? 0 : previous.id + 1, BATCH);
    for (const row of rows) take(row);
    if (rows.length > 0) {
      yield { checked: previous.id, total: Math.max(last, previous.id) };
      // Everybody else's turn.
      await new Promise((resolve) => setImmediate(resolve));
      continue;
    }
    ({ head, last } = await chain.end());
    if (last <= previous.id) break;
  }

  const standing = head?.id ?? 0;
  if (standing < previous.id) faults.add({ kind: "added", id: standing + 1, to: previous.id });
  if (standing > previous.id) faults.add({ kind: "truncated", id: previous.id + 1, to: standing });
  if (head && standing === previous.id && previous.hash && !equalBytes(head.hash, previous.hash))
    faults.add({ kind: "head", id: standing });
  if (expected && !expectedFound) faults.add({ kind: "checkpoint", id: expected.id });
  if (lastErased > erasedUpTo)
    faults.add({ kind: "erased", id: Math.max(firstErased, erasedUpTo + 1), to: lastErased });
  tellMisfits();
  return { entries: count, head, erased, unproved, removed, ...faults.named(MOST_NAMED) };
}

function createFaults() {
  const found = new Map<JournalFault["kind"], Map<number, JournalFault>>();
  let beyond = 0;
  return {
    add(fault: JournalFault): void {
      const alike = found.get(fault.kind) ?? new Map<number, JournalFault>();
      found.set(fault.kind, alike);
      if (alike.size < MOST_KEPT || alike.has(fault.id)) alike.set(fault.id, fault);
      else beyond += 1;
    },
    named(most: number) {
      const all = [...found.values()].flatMap((alike) => [...alike.values()]).sort((a, b) => a.id - b.id);
      return { faults: all.slice(0, most), more: Math.max(0, all.length - most) + beyond };
    },
  };
}
