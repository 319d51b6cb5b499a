import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshTotpCode, totpCode } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { expectAccessible } from "./accessible.ts";
import { launch, newProfile, PHONE } from "./browser.ts";
import { makeKeys, PASSWORD, type Person, register } from "./entrance.ts";

let server: ServerProcess;
let browser: Browser;
let page: Page;
let person: Person;
let complaints: string[];

/** Where pictures go that people look at: SCEAU_PICTURES, a folder; else none are taken. */
async function picture(of: Page, name: string): Promise<void> {
  const folder = process.env.SCEAU_PICTURES;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await of.screenshot({ path: join(folder, `${name}.png`), fullPage: false });
}

async function confirm(code: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await dialog.getByLabel("Code from your authenticator app").fill(code);
  await dialog.waitFor({ state: "detached" });
}

const groupsOf = (on: Page) =>
  on.getByRole("region", { name: "Recovery code" }).locator("code").allInnerTexts();

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  const profile = await newProfile(browser);
  ({ page, complaints } = profile);
  const first = { name: "alice", displayName: "Alice Martin" };
  person = await register(page, `${server.origin}/register#token=${server.firstRunToken}`, first);
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

describe("the keys in the settings", () => {
  test("say how old they are, and are renewed while one looks on", async () => {
    await page.goto(`${server.origin}/#settings/keys`);
    await page.getByRole("heading", { name: "Recovery code" }).waitFor();
    await page.getByText("There is no conversation to open yet.").waitFor();
    await picture(page, "keys-desktop");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Renew keys" }).click();
    await page.getByText("Your keys are new.").waitFor();
    await page.getByText("It still opens your messages, until you replace it.").waitFor();
    await picture(page, "keys-renewed");
    await page.reload();
    await page.getByText("It still opens your messages, until you replace it.").waitFor();
  });

  test("a renewal without network says so and can be tried again", async () => {
    await page.route("**/api/renewals", (route) => route.abort());
    await page.getByRole("button", { name: "Renew keys" }).click();
    await page.getByText("The server cannot be reached.").waitFor();
    await picture(page, "keys-offline");
    await page.unroute("**/api/renewals");
    await page.getByRole("button", { name: "Renew keys" }).click();
    await page.getByText("Your keys are new.").waitFor();
  });

  test("a new recovery code counts after two of its groups were typed back, and both factors given", async () => {
    await page.getByRole("button", { name: "Replace recovery code" }).click();
    await page.getByRole("heading", { name: "Save your recovery code" }).waitFor();
    const groups = await groupsOf(page);
    await picture(page, "keys-new-code");
    await expectAccessible(page);
    await page.getByRole("button", { name: "I have saved it" }).click();
    for (const field of await page.getByLabel(/^Group \d+/).all()) await field.fill("AAAA");
    await page.getByRole("button", { name: "Finish" }).click();
    await page
      .getByText(/That is not group/)
      .first()
      .waitFor();
    await picture(page, "keys-check-wrong");
    await page.getByRole("button", { name: "Show the code again" }).click();
    expect(await groupsOf(page)).toEqual(groups);
    await page.getByRole("button", { name: "I have saved it" }).click();
    for (const field of await page.getByLabel(/^Group \d+/).all()) {
      const label = await field.evaluate((one) => (one as HTMLInputElement).labels?.[0]?.textContent ?? "");
      await field.fill(groups[Number(/\d+/.exec(label)?.[0]) - 1] ?? "");
    }
    await page.getByRole("button", { name: "Finish" }).click();
    await confirm(await freshTotpCode(person.totpSecret));
    await page.getByText("The new code counts from now on.").waitFor();
    await picture(page, "keys-code-done");
    expect(groups.join("-")).not.toBe(person.recoveryCode);
    expect(complaints).toEqual([]);
  });

  test("fit a phone, in French and in the dark", async () => {
    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(`${server.origin}/#settings/appearance`);
    await page.getByText("Français").click();
    await page.getByText("Langue").first().waitFor();
    await page.goto(`${server.origin}/#settings/keys`);
    await page.getByRole("heading", { name: "Code de récupération" }).waitFor();
    await picture(page, "keys-phone-fr-dark");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Remplacer le code de récupération" }).click();
    await page.getByRole("region", { name: "Code de récupération" }).waitFor();
    await picture(page, "keys-phone-fr-dark-code");
    await page.getByRole("button", { name: "Garder l’ancien code" }).click();
    await page.getByText("Tout s’ouvre-t-il").scrollIntoViewIfNeeded();
    await picture(page, "keys-phone-fr-dark-end");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test("the first code stays the same over a reload and the browser's way back", async () => {
  const profile = await newProfile(browser, { viewport: PHONE });
  const fresh = profile.page;
  await fresh.goto(`${server.origin}/register`);
  await fresh.getByRole("textbox", { name: "Name", exact: true }).fill("bob");
  await fresh.getByRole("textbox", { name: "Display name" }).fill("Bob Okafor");
  await fresh.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await fresh.getByRole("button", { name: "Continue" }).click();
  await fresh.getByRole("heading", { name: "Add Sceau to your authenticator" }).waitFor();
  const secret = (await fresh.locator("code").innerText()).replace(/\s/g, "");
  await fresh.getByLabel("Code from the app").fill(totpCode(secret));
  await fresh.waitForURL("**/keys");
  await fresh.getByRole("heading", { name: "Save your recovery code" }).waitFor();
  const shown = (await groupsOf(fresh)).join("-");
  await fresh.reload();
  await fresh.getByRole("heading", { name: "Save your recovery code" }).waitFor();
  expect((await groupsOf(fresh)).join("-")).toBe(shown);
  await fresh.getByRole("button", { name: "I have saved it" }).click();
  await fresh.getByRole("heading", { name: "Check what you saved" }).waitFor();
  await fresh.reload();
  expect(await makeKeys(fresh)).toBe(shown);
  expect(profile.complaints).toEqual([]);
});
