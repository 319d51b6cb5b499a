import { describe, expect, it } from "vitest";
import type { StoredMessage } from "../../protocol/frames.ts";
import { createHistory } from "./history.ts";
import type { LogEntry } from "./message-log.ts";
import type { Run } from "./run.ts";

/** 30 pages, and what comes before it is noticed. */
const MOST = 1_501;

const messageAt = (seq: number) => ({ seq }) as StoredMessage;

/** A run that holds places alone. */
function fakeRun(): Run {
  let entries: LogEntry[] = [];
  const seqs = () => entries.map(({ stored }) => stored.seq);
  const log = {
    async loadNewer() {},
    entries: () => entries,
    first: () => seqs()[0] ?? 0,
    last: () => seqs().at(-1) ?? 0,
    async receive(stored: StoredMessage) {
      entries = [...entries, { stored } as LogEntry];
    },
    async adopt(older: readonly LogEntry[]) {
      entries = [...older, ...entries];
    },
  };
  return {
    log,
    lookBack: { more: async () => {} },
    messages: () => seqs().map((seq) => ({ seq })),
    async keep(from: number, to: number) {
      entries = entries.filter(({ stored }) => from <= stored.seq && stored.seq <= to);
    },
  } as unknown as Run;
}

function openHistory({ isOpen = true } = {}) {
  const newest = fakeRun();
  const history = createHistory({
    newest,
    newWindow: fakeRun,
    firstSeq: () => -1,
    isOpen: () => isOpen,
    guard: (work) => work(),
    onChange: () => {},
  });
  const seqs = () => history.shown().messages.map(({ seq }) => seq);
  async function arrive(from: number, to: number, seen = () => {}): Promise<number> {
    let most = 0;
    for (let seq = from; seq <= to; seq++) {
      await history.receive(messageAt(seq));
      seen();
      most = Math.max(most, newest.log.entries().length);
    }
    return most;
  }
  return { history, newest, seqs, arrive };
}

describe("a conversation that messages come to for as long as the page is open", () => {
  it("forgets what a reader at the end has passed", async () => {
    const { history, seqs, arrive } = openHistory();
    expect(await arrive(1, 4_000, history.attend)).toBeLessThanOrEqual(MOST);
    expect(seqs().at(-1)).toBe(4_000);
    expect(seqs().length).toBeGreaterThanOrEqual(750);
    expect(history.shown()).toMatchObject({ hasNewer: false, hasOlder: true });
  });

  it("forgets as much where nobody looks, or the page is hidden", async () => {
    expect(await openHistory({ isOpen: false }).arrive(1, 4_000)).toBeLessThanOrEqual(MOST);
    const hidden = openHistory();
    expect(await hidden.arrive(1, 7_000)).toBeLessThanOrEqual(2 * MOST);
    expect(hidden.seqs().at(-1)).toBe(7_000);
    expect(hidden.history.shown().hasNewer).toBe(false);
  });

  it("takes nothing from a reader who has gone back", async () => {
    const { history, newest, seqs, arrive } = openHistory();
    await arrive(1, 200, history.attend);
    await history.loadOlder();
    await arrive(201, 7_000);
    expect(seqs()[0]).toBe(1);
    expect(history.shown().hasNewer).toBe(true);
    expect(newest.log.entries().length).toBeLessThanOrEqual(MOST);
    history.toNewest();
    expect(seqs().at(-1)).toBe(7_000);
  });

  it("leaves out what came while the page was away for long, and takes nothing from a reader in it", async () => {
    const { history, newest, seqs, arrive } = openHistory();
    await arrive(1, 200, history.attend);
    await history.skipTo(900);
    expect(newest.log.last()).toBe(200);
    await history.skipTo(4_000);
    await arrive(4_000, 4_010, history.attend);
    expect(seqs()).toEqual(Array.from({ length: 11 }, (_, i) => 4_000 + i));
    await history.loadOlder();
    await history.skipTo(8_000);
    // The reader's page grows, before the newest are there.
    await history.loadNewer();
    expect(seqs()[0]).toBe(4_000);
    // One that comes in that moment is taken for the next, and stays.
    await arrive(9_000, 9_001);
    await history.skipTo(9_000);
    expect([seqs()[0], seqs().at(-1), history.shown().hasNewer]).toEqual([4_000, 4_010, true]);
    expect(newest.log.entries().map(({ stored }) => stored.seq)).toEqual([9_000, 9_001]);
  });
});
