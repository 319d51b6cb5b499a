import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshTotpCode, totpCode } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { expectAccessible } from "./accessible.ts";
import { launch, newProfile, PHONE, restSooner } from "./browser.ts";
import { PASSWORD, type Person, register } from "./entrance.ts";

const NEW_PASSWORD = "staple correct horse";
const XSS = '<img src=x onerror="document.title=`owned`">';

let server: ServerProcess;
let browser: Browser;
let alice: { page: Page; complaints: string[]; person: Person };
let bob: { page: Page; complaints: string[]; person: Person };

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  const first = await newProfile(browser);
  const firstRun = `${server.origin}/register#token=${server.firstRunToken}`;
  const admin = { name: "alice", displayName: "Alice Martin" };
  alice = { ...first, person: await register(first.page, firstRun, admin) };
  const second = await newProfile(browser, { viewport: PHONE, isMobile: true, hasTouch: true });
  const other = { name: "bob", displayName: "Bob Okafor" };
  bob = { ...second, person: await register(second.page, `${server.origin}/register`, other) };
  await alice.page.getByRole("button", { name: "Find a person" }).first().click();
  await alice.page.getByRole("combobox").fill("bob");
  await alice.page.getByRole("option", { name: /Bob/ }).click();
  await alice.page.getByRole("textbox", { name: /^Message to / }).fill("hello");
  await alice.page.getByRole("button", { name: "Send", exact: true }).click();
  await bob.page.getByRole("link", { name: /Alice/ }).waitFor();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

const open = (page: Page, section: string) => page.goto(`${server.origin}/#settings/${section}`);

/** Answers the dialog that asks for both factors. */
async function confirm(page: Page, code: string, password = PASSWORD): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  if (/-/.test(code)) {
    await dialog.getByRole("button", { name: "Lost your authenticator?" }).click();
    await dialog.getByLabel("Sign-in code").fill(code);
    await dialog.getByRole("button", { name: "Confirm" }).click();
  } else await dialog.getByLabel("Code from your authenticator app").fill(code);
  await dialog.waitFor({ state: "detached" });
}

let codes: string[] = [];

describe("the profile", () => {
  test("shows a new name, status and picture to others at once, as text and nothing else", async () => {
    const { page } = alice;
    await open(page, "profile");
    await page.getByLabel("Display name").fill(XSS);
    await page.getByLabel("Status", { exact: true }).fill(XSS);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    await bob.page.getByText(XSS).first().waitFor();
    expect(await bob.page.locator("img[src='x']").count()).toBe(0);
    expect(await bob.page.title()).not.toContain("owned");
    await page.getByLabel("Display name").fill("Alice M.");
    await page.getByLabel("Status", { exact: true }).fill("back on Monday");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await bob.page.getByText("Alice M.").first().waitFor();
    await expectAccessible(page);
  });

  test("takes a picture without what a file says beside its pixels", async () => {
    const { page } = alice;
    await page.setInputFiles("input[type=file]", "public/icons/icon-512.png");
    await page.getByRole("img", { name: "How your picture will look" }).waitFor();
    const sent = page.waitForRequest((request) => request.url().endsWith("/api/me/picture"));
    await page.getByRole("button", { name: "Use this picture" }).click();
    const { picture } = (await sent).postDataJSON() as { picture: string };
    expect(Buffer.from(picture, "base64url").subarray(8, 12).toString()).toBe("WEBP");
    const shown = bob.page.locator("img[src*='/picture?v=']").first();
    await shown.waitFor();
    await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(256);
  });

  test.each([
    ["an SVG", "trick.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["a GIF", "anim.gif", "image/gif", "GIF89a"],
    ["text with the name of a picture", "photo.jpg", "image/jpeg", "hello"],
  ])("refuses %s with a sentence", async (_, name, mimeType, text) => {
    await alice.page.setInputFiles("input[type=file]", { name, mimeType, buffer: Buffer.from(text) });
    await alice.page.getByText("This file cannot be used as a picture.").waitFor();
  });

  test("refuses a picture that would unfold to gigabytes, before it is decoded", async () => {
    const png = await readFile("public/icons/icon-512.png");
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    const file = { name: "bomb.png", mimeType: "image/png", buffer: png };
    await alice.page.setInputFiles("input[type=file]", file);
    await alice.page.getByText("This file cannot be used as a picture.").waitFor();
    await alice.page.getByRole("button", { name: "Remove", exact: true }).click();
    await bob.page.locator("img[src*='/picture?v=']").first().waitFor({ state: "detached" });
  });

  test("keeps an e-mail address after a step-up", async () => {
    const { page } = alice;
    await page.getByLabel("Address").fill("not an address");
    await page.getByRole("button", { name: "Save address" }).click();
    await confirm(page, await freshTotpCode(alice.person.totpSecret));
    await page.getByText("This is not an e-mail address.").waitFor();
    await page.getByLabel("Address").fill("alice@example.org");
    await page.getByRole("button", { name: "Save address" }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel("Address").inputValue()).toBe("alice@example.org");
  });
});

describe("sign-in codes", () => {
  test("are offered below the conversations, and not again soon once that was declined", async () => {
    const { page } = bob;
    for (const one of [page, alice.page]) {
      await restSooner(one.context());
      await one.goto(server.origin);
    }
    await page.getByRole("heading", { name: "Make your sign-in codes" }).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Later" }).click();
    await page.getByRole("heading", { name: "Make your sign-in codes" }).waitFor({ state: "detached" });
    await alice.page.getByRole("button", { name: "Make them" }).click();
    await alice.page.getByRole("heading", { name: "Sign-in codes" }).waitFor();
  });

  test("are shown once, ten of them, and counted", async () => {
    const { page } = alice;
    await open(page, "security");
    await page.getByText("You have no sign-in codes.").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Make ten codes" }).click();
    const sheet = page.getByRole("dialog", { name: "Your sign-in codes" });
    await sheet.waitFor();
    await expectAccessible(page);
    codes = await sheet.locator("code").allInnerTexts();
    expect(codes).toHaveLength(10);
    await page.emulateMedia({ media: "print" });
    expect(await sheet.isVisible()).toBe(false);
    expect(await page.locator("body > .print-sheet").innerText()).toContain("For alice at localhost");
    await page.emulateMedia({ media: "screen" });
    for (const code of codes) expect(code).toMatch(/^(?:[0-9a-z]{4}-){6}[0-9a-z]{4}$/);
    await sheet.getByRole("button", { name: "I have saved them" }).click();
    await page.getByText("10 codes left").waitFor();
    expect(await page.content()).not.toContain(codes[0]);
  });

  test("sign in without the authenticator, which another one then replaces", async () => {
    const { page, complaints } = await newProfile(browser);
    await page.goto(`${server.origin}/login`);
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("alice");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Type all 6 digits of the code.").waitFor();
    await page.getByRole("button", { name: "Lost your authenticator?" }).click();
    await page.getByLabel("Sign-in code").fill(alice.person.recoveryCode);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("That is your recovery code").waitFor();
    await expectAccessible(page);
    await page.getByLabel("Sign-in code").fill(codes[0]?.toUpperCase().replaceAll("-", " ") ?? "");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => url.pathname === "/recover");
    await page.getByRole("textbox", { name: "Recovery code" }).fill(codes[1] ?? "");
    await page.getByRole("button", { name: "Unlock" }).click();
    await page.getByText("That is a sign-in code").waitFor();
    await page.getByRole("textbox", { name: "Recovery code" }).fill(alice.person.recoveryCode);
    await page.getByRole("button", { name: "Unlock" }).click();
    await page.waitForURL((url) => url.pathname === "/" && url.hash === "#settings/security");
    await page.getByText("You last used a sign-in code.").waitFor();
    await page.getByRole("button", { name: "Set up a new authenticator" }).click();
    await confirm(page, codes[1] ?? "");
    const secret = await page.locator("form code").innerText();
    await expectAccessible(page);
    await page.getByLabel("Code from the new app").fill(totpCode(secret.replace(/\s/g, "")));
    await page.getByText("The new authenticator counts now.").waitFor();
    await page.getByText("8 codes left").waitFor();
    // Everybody else who was signed in to this account is out.
    await alice.page.waitForURL((url) => url.pathname === "/login");
    expect(complaints).toEqual([]);
    alice = { page, complaints, person: { ...alice.person, totpSecret: secret.replace(/\s/g, "") } };
  });
});

describe("the password", () => {
  test("is changed behind a step-up, and the other browsers are out", async () => {
    const { page } = bob;
    await open(page, "security");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByRole("button", { name: "Use this password" }).click();
    await page.getByText("Use 10 to 256 characters for your password.").waitFor();
    await expectAccessible(page);
    await page.getByLabel("New password").fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "Use this password" }).click();
    await confirm(page, await freshTotpCode(bob.person.totpSecret));
    await page.getByText("Your password is changed").waitFor();
    await page.goto(`${server.origin}/`);
    await page.getByRole("link", { name: /Alice/ }).click();
    await page
      .getByLabel(/^Messages with /)
      .getByText("hello")
      .waitFor();
    expect(bob.complaints).toEqual([]);
  });
});

describe("the entrance", () => {
  test.each(["/login", "/register"])(
    "leads somebody who is signed in from %s to the messenger",
    async (path) => {
      await bob.page.goto(server.origin + path);
      await bob.page.waitForURL((url) => url.pathname === "/");
      await bob.page.getByRole("link", { name: /Alice/ }).waitFor();
    },
  );

  test("keeps names, and nothing else, over a reload at the second step, and says so", async () => {
    const { page, context } = await newProfile(browser);
    await page.goto(`${server.origin}/register`);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("Use 2 to 32 letters").waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("username");
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("carol");
    await page.getByRole("textbox", { name: "Display name" }).fill("Carol");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("heading", { name: "Add Sceau to your authenticator" }).waitFor();
    await page.reload();
    await page.getByRole("textbox", { name: "Name", exact: true }).click();
    await page.getByText("The page was reloaded").waitFor();
    expect(await page.getByRole("textbox", { name: "Name", exact: true }).inputValue()).toBe("carol");
    expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe("");
    const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
    expect(kept).not.toContain(PASSWORD);
    await context.close();
  });

  test("tells who searches for oneself that this is oneself", async () => {
    await bob.page.getByRole("button", { name: "Find a person" }).first().click();
    await bob.page.getByRole("combobox").fill("bob");
    await bob.page.getByText("“bob” is you.").waitFor();
  });
});
