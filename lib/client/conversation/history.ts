import type { StoredMessage } from "../../protocol/frames.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Timeline } from "../model.ts";
import type { Run } from "./run.ts";

/** More entries of one run are not held: what is farthest from the reader is forgotten. */
const MOST = 30 * LIMITS.historyPage;
const KEPT = MOST / 2;
/** Of the newest, while the reader is far away. */
const KEPT_NEWEST = 2 * LIMITS.historyPage;
/** What is this close is reached page by page. */
const CLOSE = 3 * LIMITS.historyPage;
/** A page can hold nothing but what is said about messages. */
const PAGES = 10;

type Shown = Pick<Timeline, "messages" | "hasOlder" | "older" | "hasNewer" | "newer">;

export interface HistoryDeps {
  readonly newest: Run;
  /** A window that knows of the newest run. */
  newWindow(): Run;
  firstSeq(): number;
  /** Whether anybody has looked at the conversation. */
  isOpen(): boolean;
  /** Turns what the server did wrong into an alert. */
  guard(work: () => Promise<void>): Promise<void>;
  onChange(): void;
}

/**
 * What of a conversation is shown: the run that ends at the newest message, or a window in the past, which grows at
 * both ends until it meets that run; then they are one. What arrives meanwhile joins the newest run.
 */
export function createHistory({ newest, newWindow, firstSeq, isOpen, guard, onChange }: HistoryDeps) {
  let window: Run | null = null;
  /** The newest message when the reader was last at the end, and whether they have gone back since. */
  let attended = 0;
  let wentBack = false;
  let older: Timeline["older"] = "idle";
  let newer: Timeline["newer"] = "idle";

  const shown = () => window ?? newest;
  const holds = ({ log }: Run, seq: number) =>
    log.entries().length > 0 && log.first() <= seq && seq <= log.last();

  /** After an older page. */
  async function forgetNewer(run: Run): Promise<void> {
    const { log } = run;
    if (log.entries().length <= MOST) return;
    const last = log.first() + KEPT - 1;
    if (run === newest) await leaveNewest(last);
    else await run.keep(log.first(), last);
  }

  /** What the reader has before them becomes a window. @param last its newest place */
  async function leaveNewest(last: number): Promise<void> {
    const { log } = newest;
    const taken = newWindow();
    await taken.log.adopt(log.entries().filter(({ stored }) => stored.seq <= last));
    // Somebody who has gone elsewhere meanwhile stays there.
    window ??= taken;
    await newest.keep(log.last() - KEPT_NEWEST + 1, Number.POSITIVE_INFINITY);
  }

  /** After what arrived: messages come for as long as a page is open, and nobody scrolls past most of them. */
  async function forgetPassed(): Promise<void> {
    const { log } = newest;
    const length = log.entries().length;
    if (length <= MOST) return;
    const last = log.last();
    if (window || !isOpen() || last - attended < KEPT_NEWEST || (length > 2 * MOST && !wentBack))
      await newest.keep(last - KEPT + 1, Number.POSITIVE_INFINITY);
    else if (length > 2 * MOST) await leaveNewest(last - KEPT_NEWEST);
  }

  /** After a newer page. */
  async function forgetOlder(run: Run): Promise<void> {
    const { log } = run;
    if (log.entries().length > MOST) await run.keep(log.last() - KEPT + 1, log.last());
  }

  /** @returns whether the window has met the newest run */
  async function meet(run: Run): Promise<boolean> {
    const first = newest.log.first();
    // Its newest messages are being fetched.
    if (first === 0) return false;
    if (run.log.last() < first - 1) return false;
    await newest.log.adopt(run.log.entries().filter(({ stored }) => stored.seq < first));
    if (window === run) window = null;
    return true;
  }

  async function loadOlder(): Promise<void> {
    const run = shown();
    if (older === "loading" || run.log.first() <= firstSeq()) return;
    older = "loading";
    goBack();
    onChange();
    try {
      await guard(async () => {
        await run.lookBack.more();
        await forgetNewer(run);
      });
      older = "idle";
    } catch (error) {
      older = "failed";
      throw error;
    } finally {
      onChange();
    }
  }

  async function loadNewer(): Promise<void> {
    const run = window;
    if (!run || newer === "loading") return;
    newer = "loading";
    onChange();
    try {
      await guard(async () => {
        const before = run.messages().length;
        for (let page = 0; page < PAGES && run.messages().length === before; page++) {
          await run.log.loadNewer(newest.log.first() - 1);
          if (await meet(run)) return;
        }
        await forgetOlder(run);
      });
      newer = "idle";
    } catch (error) {
      newer = "failed";
      throw error;
    } finally {
      onChange();
    }
  }

  /** So many messages that were missed are not fetched: one reads back to them from the newest, as after a start. */
  async function skipTo(head: number): Promise<void> {
    const last = newest.log.last();
    if (head - last <= KEPT || last === 0) return;
    if (isOpen() && wentBack) await leaveNewest(last);
    // What has come since stays.
    await newest.keep(head, Number.POSITIVE_INFINITY);
  }

  function goBack(): void {
    attended = 0;
    wentBack = true;
  }

  function toNewest(): void {
    wentBack = false;
    if (!window) return;
    window = null;
    older = "idle";
    newer = "idle";
    onChange();
  }

  async function open(seq: number): Promise<void> {
    const run = newWindow();
    await run.log.loadOlder(seq + LIMITS.historyPage / 2);
    await run.lookBack.screen();
    if (!holds(run, seq)) return;
    window = run;
    older = "idle";
    newer = "idle";
    await meet(run);
    onChange();
  }

  return {
    /** Of what is shown, and of what is loaded after it. */
    entries: () => shown().entries(),

    shown: (): Shown => ({
      messages: shown().messages(),
      hasOlder: shown().log.first() > firstSeq(),
      older,
      hasNewer: window !== null,
      newer,
    }),

    /** The places that are shown. */
    loaded: () => shown().log.entries(),
    /** Where the message is loaded already. */
    runs: (): readonly Run[] => (window ? [window, newest] : [newest]),

    loadOlder,
    loadNewer,
    toNewest,

    async receive(message: StoredMessage): Promise<void> {
      if (message.seq - newest.log.last() > KEPT) await skipTo(message.seq - 1);
      await newest.log.receive(message);
      await forgetPassed();
    },

    skipTo,

    /** The reader sees the end. */
    attend(): void {
      attended = newest.log.last();
      wentBack = false;
    },

    /** Resolves when the message is shown, where there is one. */
    async reveal(seq: number): Promise<void> {
      if (window && holds(window, seq)) return;
      const { log } = newest;
      if (seq < firstSeq()) return;
      if (seq < log.first() - CLOSE) return guard(() => open(seq));
      toNewest();
      goBack();
      for (let first = log.first(); seq < first; first = log.first()) {
        await loadOlder();
        if (log.first() === first) return;
      }
    },

    /** What stood before this place is over. */
    async forgetBefore(first: number): Promise<void> {
      if (window && window.log.last() < first) toNewest();
      await Promise.all([newest, window].map((run) => run?.forgetBefore(first)));
    },

    /** A key or record arrived: what could not be opened is tried again. */
    async reopen(): Promise<void> {
      await newest.log.reopen();
      await window?.log.reopen();
    },

    withAll: (...deletion: Parameters<Run["withAll"]>) => shown().withAll(...deletion),
  };
}
