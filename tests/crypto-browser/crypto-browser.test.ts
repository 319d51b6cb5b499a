import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch } from "../e2e/browser.ts";
import type { Report } from "./run-suites.ts";
import { startSuiteServer } from "./suite-server.ts";

describe("the cryptographic suites in Chromium", () => {
  let server: Awaited<ReturnType<typeof startSuiteServer>>;
  let browser: Browser;

  beforeAll(async () => {
    server = await startSuiteServer();
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  async function open() {
    const page = await browser.newPage();
    await page.goto(server.address);
    return page;
  }

  function requireClean(report: Report): void {
    expect(report.failures).toEqual([]);
    expect(report.passed).toBeGreaterThan(45);
    if (!report.native) process.stderr.write("SKIPPED native X-Wing: this Chromium has none\n");
  }

  it("pass in a page", async () => {
    requireClean(await (await open()).evaluate(() => globalThis.runInPage()));
  });

  it("pass in a worker", async () => {
    requireClean(await (await open()).evaluate(() => globalThis.runInWorker()));
  });
});
