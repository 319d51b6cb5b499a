import type { Browser, Page, Route } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshTotpCode } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { launch, newProfile, waitLess } from "./browser.ts";
import { makeKeys, PASSWORD } from "./entrance.ts";

let server: ServerProcess;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  const profile = await newProfile(browser);
  ({ page, complaints } = profile);
  // Between two tries for code that does not come.
  await waitLess(profile.context, 2_000, 20);
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

const CHUNKS = "**/_next/static/chunks/**";
const gone = (route: Route) => route.fulfill({ status: 404 });
const focused = () => page.evaluate(() => document.activeElement?.textContent);

/** Presses "Try again" where a view should be whose code the server has no more, once it has it again. */
async function tryAgain(): Promise<void> {
  await page.getByRole("heading", { name: "Something went wrong here" }).waitFor();
  await page.unroute(CHUNKS);
  await page.getByRole("button", { name: "Try again" }).click();
}

test("whoever has just made an account comes to the keys, though the server had their code no more", async () => {
  await page.route(CHUNKS, async (route) => {
    const answer = await route.fetch();
    const isKeys = (await answer.text()).includes("keys.makingTitle");
    await (isKeys ? gone(route) : route.fulfill({ response: answer }));
  });
  await page.goto(`${server.origin}/register#token=${server.firstRunToken}`);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("alice");
  await page.getByRole("textbox", { name: "Display name" }).fill("Alice");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Continue" }).click();
  const title = "Add Sceau to your authenticator";
  await page.getByRole("heading", { name: title }).waitFor();
  await expect.poll(focused).toBe(title);

  const secret = (await page.locator("code").innerText()).replace(/\s/g, "");
  const code = page.getByLabel("Code from the app");
  await code.click();
  await page.keyboard.type("000000");
  await page.getByRole("alert").getByText("That code did not match.", { exact: false }).waitFor();
  // Over what is selected, and into what is full.
  await page.keyboard.type("1");
  expect(await code.inputValue()).toBe("1");
  await code.fill("000000");
  await page.getByRole("alert").getByText("That code did not match.", { exact: false }).waitFor();
  await code.press("Home");
  await page.keyboard.type(await freshTotpCode(secret));

  await tryAgain();
  expect(new URL(page.url()).pathname).toBe("/keys");
  await page.getByRole("heading", { name: "Save your recovery code" }).waitFor();
  await expect.poll(focused).toBe("Save your recovery code");
  await makeKeys(page);
});

test("settings whose code is gone come back by one press, and Escape leaves nothing that is being typed", async () => {
  await page.goto(`${server.origin}/#settings/profile`);
  const status = page.getByLabel("Status", { exact: true });
  await status.fill("away");
  await status.press("Escape");
  expect(await status.inputValue()).toBe("away");
  await page.route(CHUNKS, gone);
  await page.getByRole("link", { name: "Activity" }).click();
  await tryAgain();
  await page.getByRole("heading", { name: "What happened to your account" }).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForURL((url) => url.hash === "");
  expect(complaints.filter((complaint) => !complaint.includes("ChunkLoadError"))).toEqual([]);
});
