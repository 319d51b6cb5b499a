import { cpSync, renameSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, test } from "vitest";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { expectAccessible } from "./accessible.ts";
import { DESKTOP, launch, newProfile, PHONE } from "./browser.ts";
import { type Person, register, signIn } from "./entrance.ts";

let server: ServerProcess;
let browser: Browser;
let page: Page;
let person: Person;

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  ({ page } = await newProfile(browser));
  const url = `${server.origin}/register#token=${server.firstRunToken}`;
  person = await register(page, url, { name: "alice", displayName: "Alice Martin" });
  const bob = await newProfile(browser);
  await register(bob.page, `${server.origin}/register`, { name: "bob", displayName: "Bob Lefèvre" });
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** Where pictures go that people look at: SCEAU_PICTURES, a folder; else none are taken. */
async function pictures(name: string): Promise<void> {
  const folder = process.env.SCEAU_PICTURES;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  for (const [size, viewport] of Object.entries({ desk: DESKTOP, phone: PHONE }))
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      // Colours take a moment.
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });
    }
  await page.setViewportSize(DESKTOP);
}

async function whileStopped(work: (data: string, backup: string) => void): Promise<void> {
  await server.kill("SIGTERM");
  work(server.dataFolder, `${server.dataFolder}-backup`);
  server = await server.restart();
}

test("after a backup was put back, a browser that knows a newer vault opens nothing, and can be forgotten", async () => {
  await page.getByRole("button", { name: "Find a person" }).first().click();
  await page.getByRole("combobox").or(page.getByRole("searchbox")).first().fill("bob");
  await page.getByRole("option", { name: /Bob/ }).click();
  const composer = page.getByRole("textbox", { name: /^Message to / });
  await composer.waitFor();
  await whileStopped((data, backup) => cpSync(data, backup, { recursive: true }));
  await page.reload();
  const written = page.waitForResponse(
    (response) => response.request().method() === "PUT" && response.url().includes("/api/vault/"),
  );
  await composer.fill("half a sentence");
  await written;

  await whileStopped((data, backup) => {
    rmSync(data, { recursive: true });
    renameSync(backup, data);
  });
  await page.goto(server.origin);
  await page.getByText(/^What the server presents/).waitFor();
  await expectAccessible(page);
  await pictures("refused-messenger");
  await page.getByRole("link", { name: "Sign out and forget this browser…" }).click();
  await page.getByRole("heading", { name: "This browser does not open what the server has" }).waitFor();
  await expectAccessible(page);
  await pictures("refused");

  await page.getByRole("button", { name: "Sign out and forget this browser…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out and forget" }).click();
  await page.waitForURL("**/login");
  await signIn(page, server.origin, person);
  await page.getByLabel("Recovery code").fill(person.recoveryCode);
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await page.getByRole("button", { name: "Find a person" }).first().waitFor();
});
