import type { CDPSession, Page } from "playwright";
import { registerDevice } from "../server/testing/device.ts";
import { startServer } from "../server/testing/server-process.ts";
import { writeHistory } from "../tests/delivery/long-history.ts";
import { launch, newProfile } from "../tests/e2e/browser.ts";
import { register } from "../tests/e2e/entrance.ts";

/**
 * Prints what a long history costs: opening it, scrolling up through 5,000 messages, jumping. Builds nothing: run
 * `npm run bench:scrolling`, with `-- 100000` for another length than 10,000 messages.
 */

const MESSAGES = Number(process.argv[2] ?? 10_000);
const THROUGH = Math.min(5_000, MESSAGES - 500);
const PIXELS_A_FRAME = 240;

const row = (what: string, figure: string) =>
  process.stdout.write(`${what.padEnd(54)} ${figure.padStart(14)}\n`);

let server = await startServer();
const browser = await launch();
try {
  const { page } = await newProfile(browser);
  const url = `${server.origin}/register#token=${server.firstRunToken}`;
  await register(page, url, { name: "alice", displayName: "Alice" });
  const bob = await registerDevice({ ...server, firstRunToken: null }, "bob");
  const [alice] = await bob.messenger.findPeople("alice");
  if (!alice) throw new Error("Alice is not found");
  const conversation = await bob.messenger.startDirect(alice);
  const texts = Array.from({ length: MESSAGES }, (_, i) => {
    const more = "More of what one has to say about it. ".repeat((i * 7) % 9);
    return {
      type: "text",
      text: i % 5 ? `number ${i + 1}. ${more}` : `number ${i + 1}. **${more}**`,
    } as const;
  });
  server = await writeHistory(server, bob, conversation, texts);
  bob.close();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");

  await page.goto(`${server.origin}/#`);
  await page.reload();
  await page.getByRole("link", { name: /Bob/ }).waitFor();
  row(`opening a conversation of ${MESSAGES} messages`, await took(page, conversation, MESSAGES));
  await printState(devtools, "opened");

  const { frames, long, nodes, seconds } = await scrollUp(page, MESSAGES - THROUGH);
  row(`scrolling up through ${THROUGH} messages`, `${seconds.toFixed(1)} s`);
  row("  frames, median", `${at(frames, 0.5)} ms`);
  row("  frames, 95 of 100", `${at(frames, 0.95)} ms`);
  row("  frames, longest", `${at(frames, 1)} ms`);
  row("  long tasks (50 ms and more)", `${long.length}, ${Math.round(Math.max(0, ...long))} ms`);
  row("  elements, most", String(nodes));
  await printState(devtools, "scrolled");

  for (const seq of [100, Math.round(MESSAGES / 2), MESSAGES - 20])
    row(`jumping to message ${seq}`, await took(page, `${conversation}&m=${seq}`, seq));
  await printState(devtools, "jumped");
} finally {
  await browser.close();
  await server.dispose();
}

/** Until the message that an address leads to is seen. */
async function took(page: Page, address: string, number: number): Promise<string> {
  const start = performance.now();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#c=${address}`);
  await page
    .getByText(new RegExp(`^number ${number}\\.`))
    .first()
    .waitFor();
  return `${Math.round(performance.now() - start)} ms`;
}

async function printState(devtools: CDPSession, when: string): Promise<void> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  row(`  ${when}: heap`, `${(metric("JSHeapUsedSize") / 1e6).toFixed(1)} MB`);
  row(`  ${when}: nodes, with text`, String(metric("Nodes")));
}

/** Frame by frame, as fast as pages come, until a message this old is drawn. */
function scrollUp(page: Page, until: number) {
  return page.getByLabel(/^Messages with /).evaluate(
    async (pane, { until, pixels }) => {
      const frames: number[] = [];
      const long: number[] = [];
      let nodes = 0;
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) long.push(duration);
      });
      observer.observe({ type: "longtask" });
      // No function with a name: tsx marks those with a helper that the page does not have.
      let oldest = Number.POSITIVE_INFINITY;
      const began = performance.now();
      let before = began;
      while (oldest > until) {
        const now: number = await new Promise(requestAnimationFrame);
        frames.push(now - before);
        before = now;
        pane.scrollTop -= pixels;
        const drawn = pane.querySelector("ol")?.textContent ?? "";
        oldest = Number(/number (\d+)\./.exec(drawn)?.[1] ?? oldest);
        nodes = Math.max(nodes, document.querySelectorAll("*").length);
      }
      observer.disconnect();
      return { frames, long, nodes, seconds: (performance.now() - began) / 1000 };
    },
    { until, pixels: PIXELS_A_FRAME },
  );
}

/** The frame time that this share of all stays below, in milliseconds. */
function at(frames: readonly number[], share: number): number {
  const sorted = frames.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
