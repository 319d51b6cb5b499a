import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright";

export const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** The system's Chromium: nothing is downloaded. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A browser profile of its own, and whatever its pages complain about. */
export async function newProfile(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: "en-GB",
    // What is half faded in has half its contrast; whoever tests motion asks for it.
    reducedMotion: "reduce",
    ...options,
  });
  // Long, because machines that run tests may be slow: what it bounds is a failure, not a pass.
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`page: ${error.message}`));
  page.on("console", (message) => {
    // A refused request is what some tests are about; the browser logs every one of them.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  return { context, page, complaints };
}

/** In pages opened from now on, what comes once a page has been quiet for five seconds comes after half a second. */
export function restSooner(context: BrowserContext): Promise<void> {
  return waitLess(context, 5_000, 500);
}

/** In pages opened from now on, whoever would wait `from` milliseconds waits `to`. */
export async function waitLess(context: BrowserContext, from: number, to: number): Promise<void> {
  await context.addInitScript(
    ({ from, to }) => {
      const later = window.setTimeout.bind(window);
      const sooner = (work: () => void, delay?: number) => later(work, delay === from ? to : delay);
      window.setTimeout = sooner as typeof window.setTimeout;
    },
    { from, to },
  );
}
