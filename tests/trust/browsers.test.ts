import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshTotpCode } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { expectAccessible } from "../e2e/accessible.ts";
import { CHROMIUM, FLAGS, newProfile, PHONE } from "../e2e/browser.ts";
import { PASSWORD, type Person, register, signIn } from "../e2e/entrance.ts";
import { cameraFlags, holdBeforeCamera } from "./camera.ts";

let server: ServerProcess;
let browser: Browser;
let folder: string;
let camera: string;
/** Alice at a desk with a camera, Bob on a phone in the dark. */
let alice: { page: Page; person: Person };
let bob: { page: Page; person: Person };
const complaints: string[][] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "camera-test-"));
  camera = join(folder, "camera.y4m");
  server = await startServer();
  browser = await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...cameraFlags(camera)] });
  const desk = await open({ permissions: ["camera"] });
  const firstRun = `${server.origin}/register#token=${server.firstRunToken}`;
  const names = { name: "alice", displayName: "Alice Martin" };
  alice = { page: desk, person: await register(desk, firstRun, names) };
  const phone = await open({ viewport: PHONE, isMobile: true, hasTouch: true, colorScheme: "dark" });
  const bobs = { name: "bob", displayName: "Bob Lefèvre" };
  bob = { page: phone, person: await register(phone, `${server.origin}/register`, bobs) };
  await alice.page.getByRole("button", { name: "Find a person" }).first().click();
  await alice.page.getByRole("combobox").fill("bob");
  await alice.page.getByRole("option", { name: /Bob/ }).click();
  await write(alice.page, "Hello Bob");
  await bob.page.getByRole("link", { name: /Alice Martin/ }).click();
  await timeline(bob.page).getByText("Hello Bob").waitFor();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function open(options: Parameters<typeof newProfile>[1]): Promise<Page> {
  const profile = await newProfile(browser, options);
  complaints.push(profile.complaints);
  return profile.page;
}

const timeline = (page: Page) => page.getByLabel(/^Messages with /);

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: /^Message to / }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

async function proveBothFactors(page: Page, { totpSecret }: Person): Promise<void> {
  await page.getByRole("dialog").getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Code from your authenticator app").fill(await freshTotpCode(totpSecret));
}

test("a safety number is scanned from the other's screen, and the seal stands where the name does", async () => {
  await bob.page.getByRole("button", { name: /^Safety number with/ }).click();
  const code = bob.page.getByRole("img", { name: /camera$/ });
  await code.waitFor();
  await holdBeforeCamera(code, camera);
  await expectAccessible(bob.page);
  const numbers = (page: Page) => page.getByRole("list", { name: "Safety number" }).innerText();
  await alice.page.getByRole("button", { name: /^Safety number with/ }).click();
  await alice.page.getByRole("img", { name: /camera$/ }).waitFor();
  expect(await numbers(alice.page)).toBe(await numbers(bob.page));
  await alice.page.getByRole("button", { name: /^Scan Bob/ }).click();
  await alice.page.getByText("The codes match").waitFor();
  await expectAccessible(alice.page);
  await alice.page.keyboard.press("Escape");
  await alice.page.getByRole("link", { name: /Bob Lefèvre\s*Verified/ }).waitFor();
  await alice.page.getByRole("heading", { name: /Bob Lefèvre\s*Verified/ }).waitFor();
  await bob.page.keyboard.press("Escape");
});

test("a code that is not the other's is told so, and marks nobody", async () => {
  // Alice's own code, held before her own camera.
  await bob.page.getByRole("button", { name: /^Safety number with/ }).click();
  await alice.page.getByRole("button", { name: /^Safety number with/ }).click();
  const own = alice.page.getByRole("img", { name: /camera$/ });
  await own.waitFor();
  await alice.page.getByRole("button", { name: "Remove the mark" }).click();
  await alice.page.getByRole("button", { name: "The numbers are the same" }).waitFor();
  await holdBeforeCamera(own, camera);
  await alice.page.getByRole("button", { name: /^Scan Bob/ }).click();
  await alice.page.getByText(/This is not the code that Bob/).waitFor();
  await alice.page.getByRole("button", { name: "The numbers are the same" }).click();
  await alice.page.getByText(/You compared this number/).waitFor();
  await alice.page.keyboard.press("Escape");
  await bob.page.keyboard.press("Escape");
});

test("a browser is linked: symbols that differ end it, a code that is scanned opens everything", async () => {
  const phone = await open({ viewport: PHONE, isMobile: true, hasTouch: true });
  await signIn(phone, server.origin, alice.person);
  await phone.getByRole("heading", { name: "Unlock this browser" }).waitFor();
  await expectAccessible(phone);
  await phone.getByRole("button", { name: "Use another browser of yours" }).click();
  await phone.getByRole("img", { name: /^Link code/ }).waitFor();
  await expectAccessible(phone);
  await phone.getByRole("button", { name: "Compare symbols instead" }).click();

  await alice.page.goto(`${server.origin}/#settings/devices`);
  await alice.page.getByRole("button", { name: "Link a browser…" }).click();
  await proveBothFactors(alice.page, alice.person);
  await alice.page.getByRole("button", { name: "Compare symbols instead" }).click();
  await alice.page.getByRole("button", { name: "Compare", exact: true }).click();
  const symbols = (page: Page) => page.getByRole("list", { name: "Symbols" }).innerText();
  expect(await symbols(alice.page)).toBe(await symbols(phone));
  await expectAccessible(alice.page);
  await expectAccessible(phone);
  await alice.page.getByRole("button", { name: "They differ" }).click();
  await alice.page.getByText(/was broken off/).waitFor();
  await phone.getByRole("button", { name: "They are the same" }).click();
  await phone.getByText("This code is over").waitFor();

  await phone.reload();
  await phone.getByRole("button", { name: "Use another browser of yours" }).click();
  const code = phone.getByRole("img", { name: /^Link code/ });
  await code.waitFor();
  await holdBeforeCamera(code, camera);
  await alice.page.getByRole("button", { name: "Use a code instead" }).click();
  await alice.page.getByRole("button", { name: "Link this browser" }).click();
  await alice.page.getByText("The new browser is opening your messages.").waitFor();
  await phone.waitForURL((url) => url.pathname === "/");
  await phone.getByRole("link", { name: /Bob Lefèvre\s*Verified/ }).click();
  await timeline(phone).getByText("Hello Bob").waitFor();
  await phone.context().close();
});

test("who lost everything starts anew: contacts see it in red, decide, and both go on", async () => {
  const fresh = await open({});
  await signIn(fresh, server.origin, alice.person);
  await fresh.getByRole("button", { name: "I have lost everything…" }).click();
  await fresh.getByRole("heading", { name: "Start anew" }).waitFor();
  await expectAccessible(fresh);
  await fresh.getByLabel(/^Type your sign-in name/).fill("bob");
  await fresh.getByRole("button", { name: "Make new keys" }).click();
  await fresh.getByText("That is not the name you sign in with.").waitFor();
  await fresh.getByLabel(/^Type your sign-in name/).fill("alice");
  await fresh.getByRole("button", { name: "Make new keys" }).click();
  await fresh.getByRole("heading", { name: "Save your recovery code" }).waitFor();
  const groups = await fresh.getByRole("region", { name: "Recovery code" }).locator("code").allInnerTexts();
  await fresh.getByRole("button", { name: "I have saved it" }).click();
  await fresh.getByRole("heading", { name: "Check what you saved" }).waitFor();
  for (const field of await fresh.getByLabel(/^Group \d+/).all()) {
    const label = await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? "");
    await field.fill(groups[Number(/\d+/.exec(label)?.[0]) - 1] ?? "");
  }
  await fresh.getByRole("button", { name: "Finish" }).click();
  await proveBothFactors(fresh, alice.person);
  await fresh.waitForURL((url) => url.pathname === "/");
  await fresh.getByRole("link", { name: /Bob/ }).click();
  await timeline(fresh)
    .getByText(/keys you had before/)
    .waitFor();
  await fresh.getByRole("link", { name: /Message cannot be shown/ }).waitFor();
  // The browser from before is signed out.
  await alice.page.waitForURL((url) => url.pathname === "/login");

  await bob.page
    .getByText(/identity has changed/)
    .first()
    .waitFor();
  await timeline(bob.page).getByText("Hello Bob").waitFor();
  expect(await bob.page.getByRole("textbox", { name: /^Message to / }).isDisabled()).toBe(true);
  await bob.page.getByRole("button", { name: "Compare and decide…" }).click();
  await bob.page.getByRole("button", { name: "Accept the new identity" }).waitFor();
  await expectAccessible(bob.page);
  await bob.page.getByRole("button", { name: "Accept the new identity" }).click();
  await bob.page.getByRole("dialog").waitFor({ state: "detached" });
  await write(bob.page, "Is it you?");
  await timeline(fresh).getByText("Is it you?").waitFor();
  await write(fresh, "It is");
  await timeline(bob.page).getByText("It is").waitFor();
});

test("no page complained", () => {
  expect(complaints.flat()).toEqual([]);
});
