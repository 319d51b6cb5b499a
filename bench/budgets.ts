import { gzipSync } from "node:zlib";
import { launch as launchChrome } from "chrome-launcher";
import lighthouse from "lighthouse";
import type { Page, Response } from "playwright";
import { startServer } from "../server/testing/server-process.ts";
import { CHROMIUM, FLAGS, launch, newProfile } from "../tests/e2e/browser.ts";
import { register, signIn } from "../tests/e2e/entrance.ts";

/** Prints what a person waits for and downloads, beside what it may be. Builds nothing: run `npm run bench:budgets`, or with `-- downloads` without Lighthouse. */

const ENTRANCE = ["/login", "/register", "/keys", "/recover"];

const findPerson = (page: Page) => page.getByRole("button", { name: "Find a person" }).first();

const row = (what: string, figure: string, budget: string) =>
  process.stdout.write(`${what.padEnd(54)} ${figure.padStart(12)}${budget && `   budget ${budget}`}\n`);

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

const server = await startServer({ passwords: "real" });
try {
  await printDownloads();
  if (!process.argv.includes("downloads")) await printLighthouse();
  await printMessenger();
} finally {
  await server.dispose();
}

/** The scripts that the HTML of a page asks a modern browser for, gzipped. */
async function printDownloads(): Promise<void> {
  for (const path of ENTRANCE) {
    const html = await (await fetch(server.origin + path)).text();
    const tags = (html.match(/<script[^>]*>/g) ?? []).filter((tag) => !/nomodule/i.test(tag));
    const scripts = new Set(tags.flatMap((tag) => / src="([^"]+)"/.exec(tag)?.[1] ?? []));
    let bytes = 0;
    for (const script of scripts) {
      const body = await (await fetch(new URL(script, server.origin))).arrayBuffer();
      bytes += gzipSync(new Uint8Array(body)).length;
    }
    row(`first load of ${path}, JavaScript`, kilobytes(bytes), "140 kB");
  }
}

async function printLighthouse(): Promise<void> {
  const chrome = await launchChrome({ chromePath: CHROMIUM, chromeFlags: ["--headless", ...FLAGS] });
  try {
    for (const path of ["/login", "/register"]) {
      const result = await lighthouse(server.origin + path, { port: chrome.port, logLevel: "error" });
      for (const [name, { score }] of Object.entries(result?.lhr.categories ?? {})) {
        const budget = { performance: "95", accessibility: "100", "best-practices": "100" }[name];
        if (budget) row(`Lighthouse ${path}, phone, ${name}`, String(Math.round((score ?? 0) * 100)), budget);
      }
    }
  } finally {
    chrome.kill();
  }
}

async function printMessenger(): Promise<void> {
  const browser = await launch();
  try {
    const { page } = await newProfile(browser);
    const made = waitBetween(page, "/api/registration/confirm", () => shows(page, "Save your recovery code"));
    const published = waitBetween(page, "/api/keys", () => findPerson(page).waitFor());
    const url = `${server.origin}/register#token=${server.firstRunToken}`;
    const person = await register(page, url, { name: "bench", displayName: "Bench" });
    row("account created and keys made, waiting", `${(await made) + (await published)} ms`, "2000 ms");

    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
    const scripts: Promise<{ name: string; bytes: number }>[] = [];
    const note = (response: Response): void => {
      if (response.request().resourceType() !== "script") return;
      const name = decodeURIComponent(new URL(response.url()).pathname).replace(/^.*\/chunks\//, "");
      scripts.push(response.body().then((body) => ({ name, bytes: gzipSync(body).length })));
    };
    page.on("response", note);
    await page.reload({ waitUntil: "networkidle" });
    await findPerson(page).waitFor();
    // What comes while nobody waits is not counted, and may not arrive before the end.
    page.off("response", note);
    const loaded = await Promise.all(scripts);
    const bytes = loaded.reduce((sum, script) => sum + script.bytes, 0);
    row("first load of the open messenger, JavaScript", kilobytes(bytes), "220 kB");
    for (const script of loaded.sort((a, b) => b.bytes - a.bytes))
      row(`  ${script.name}`, kilobytes(script.bytes), "");

    const again = await newProfile(browser);
    const checked = waitBetween(again.page, "/api/sign-in", () => shows(again.page, "6-digit code"));
    const entered = waitBetween(again.page, "/api/auth/callback/credentials", () =>
      shows(again.page, "Unlock this browser"),
    );
    await signIn(again.page, server.origin, person);
    row("sign-in, waiting", `${(await checked) + (await entered)} ms`, "1500 ms");
  } finally {
    await browser.close();
  }
}

/** Looks frame by frame: the test's person is past it sooner than a locator looks again, in the end twice a second. */
async function shows(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (text) => [...document.querySelectorAll("h1, h2, label")].some((each) => each.textContent === text),
    text,
  );
}

/** Milliseconds from the start of a request to what the person was waiting for, which may be gone again soon: it is looked for from the beginning. */
async function waitBetween(page: Page, path: string, shown: () => Promise<void>): Promise<number> {
  const seen = shown().then(() => performance.now());
  await page.waitForRequest((request) => new URL(request.url()).pathname === path, { timeout: 60_000 });
  const start = performance.now();
  return Math.round((await seen) - start);
}
