import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { launch, newProfile } from "./browser.ts";
import { PASSWORD } from "./entrance.ts";

let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** A network on which the page is there long before its scripts. */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/_next/static/chunks/**", async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("a form that is filled in and sent before the page is live is sent once it is", async () => {
  const { page, context, complaints } = await newProfile(browser);
  const release = await holdScripts(page);
  await page.goto(`${server.origin}/login`, { waitUntil: "commit" });
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("early-bird");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Password", { exact: true }).press("Enter");
  const sent = page.waitForRequest((request) => request.url().endsWith("/api/sign-in"));
  release();
  expect((await sent).postDataJSON()).toEqual({ name: "early-bird", password: PASSWORD });
  await page.getByLabel("6-digit code").waitFor();
  expect(new URL(page.url()).search).toBe("");
  expect(complaints).toEqual([]);
  await context.close();
});

test("every field of a registration that was filled in early is known", async () => {
  const { page, context, complaints } = await newProfile(browser);
  const release = await holdScripts(page);
  await page.goto(`${server.origin}/register#token=${server.firstRunToken}`, { waitUntil: "commit" });
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("early-bird");
  await page.getByRole("textbox", { name: "Display name" }).fill("Early Bird");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Continue" }).click();
  release();
  await page.getByRole("heading", { name: "Add Sceau to your authenticator" }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test("a button that is pressed early acts once", async () => {
  const { page, context, complaints } = await newProfile(browser);
  const release = await holdScripts(page);
  await page.goto(`${server.origin}/login`, { waitUntil: "commit" });
  await page.getByRole("button", { name: "Show password" }).click();
  release();
  await page.getByRole("button", { name: "Hide password" }).waitFor();
  expect(await page.getByLabel("Password", { exact: true }).getAttribute("type")).toBe("text");
  expect(complaints).toEqual([]);
  await context.close();
});

test("nothing runs before somebody touches the page", async () => {
  const { page, context } = await newProfile(browser);
  await page.goto(`${server.origin}/login`, { waitUntil: "networkidle" });
  expect(await page.evaluate(() => "webpackChunk_N_E" in window)).toBe(false);
  await page.mouse.move(10, 10);
  await page.waitForFunction(() => "webpackChunk_N_E" in window);
  await context.close();
});
