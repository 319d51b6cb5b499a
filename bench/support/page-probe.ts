import type { Page } from "playwright";

export interface Frames {
  /** Milliseconds. */
  readonly longest: number;
  readonly ninetyFifth: number;
  /** How many tasks held the page for 50 ms and more, and the longest of them in milliseconds. */
  readonly longTasks: number;
  readonly longestTask: number;
}

/** How steadily a page draws while `work` runs. */
export async function framesDuring(page: Page, work: () => Promise<unknown>): Promise<Frames> {
  const probe = await page.evaluateHandle(() => {
    const probe = { frames: [] as number[], tasks: [] as number[], running: true };
    let before = performance.now();
    // No function with a name: tsx marks those with a helper that the page does not have.
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) probe.tasks.push(duration);
    });
    observer.observe({ type: "longtask" });
    void (async () => {
      while (probe.running) {
        const now: number = await new Promise(requestAnimationFrame);
        probe.frames.push(now - before);
        before = now;
      }
      observer.disconnect();
    })();
    return probe;
  });
  await work();
  return probe.evaluate((probe) => {
    probe.running = false;
    const sorted = probe.frames.toSorted((a, b) => a - b);
    return {
      longest: sorted.at(-1) ?? 0,
      ninetyFifth: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
      longTasks: probe.tasks.length,
      longestTask: Math.max(0, ...probe.tasks),
    };
  });
}

/**
 * From now on remembers when texts appear on the page that say when they were sent.
 * @param sent its first group is that time, in milliseconds since 1970 by this machine's clock
 * @returns asks for the waits so far, in milliseconds, each text counted once
 */
export async function markArrivals(page: Page, sent: RegExp): Promise<() => Promise<number[]>> {
  const seen = await page.evaluateHandle((source) => {
    const seen = new Map<string, number>();
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes)
          for (const [text, at] of (node.textContent ?? "").matchAll(new RegExp(source, "g")))
            if (!seen.has(text)) seen.set(text, Date.now() - Number(at));
    }).observe(document.body, { childList: true, subtree: true });
    return seen;
  }, sent.source);
  return () => seen.evaluate((seen) => [...seen.values()]);
}
