import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import en from "../../locales/privacy.en.json" with { type: "json" };
import fr from "../../locales/privacy.fr.json" with { type: "json" };
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { expectAccessible } from "./accessible.ts";
import { DESKTOP, launch, newProfile, PHONE } from "./browser.ts";
import { register, signIn } from "./entrance.ts";

const PICTURES = process.env.SCEAU_PICTURES;

let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

describe.each([
  ["en-GB", en, DESKTOP, "light"],
  ["fr-FR", fr, PHONE, "dark"],
  ["en-GB", en, PHONE, "light"],
  ["fr-FR", fr, DESKTOP, "dark"],
] as const)("the privacy page in %s", (locale, texts, viewport, colorScheme) => {
  test(`stands at ${viewport.width} pixels, ${colorScheme}: nothing to complain about, nothing cut off`, async () => {
    const { page, context, complaints } = await newProfile(browser, { locale, viewport, colorScheme });
    await page.goto(`${server.origin}/login`);
    await page.getByRole("link", { name: texts.title }).click();
    await page.getByRole("heading", { level: 1, name: texts.title }).waitFor();
    for (const { title } of [texts.stored, texts.who, texts.cookies, texts.rights, texts.deletion])
      await page.getByRole("heading", { level: 2, name: title }).waitFor();
    if (PICTURES) {
      const path = `${PICTURES}/privacy-${locale}-${viewport.width}-${colorScheme}.png`;
      await page.screenshot({ path, fullPage: true });
    }
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test("the privacy page names every cookie and every storage that there is", async () => {
  const { page, context } = await newProfile(browser);
  const url = `${server.origin}/register#token=${server.firstRunToken}`;
  const person = await register(page, url, { name: "alice", displayName: "Alice" });
  // Nothing is under way any more that would bring the session back.
  await page.goto("about:blank");
  await context.clearCookies();
  await page.goto(`${server.origin}/login`);
  // Each is seen to act: what is pressed before the page is live acts later, and not after the next address.
  await page.getByRole("button", { name: "Français" }).click();
  await page.locator("html[lang=fr]").waitFor({ state: "attached" });
  await page.getByRole("button", { name: "English" }).click();
  await page.locator("html[lang=en]").waitFor({ state: "attached" });
  await page.getByRole("button", { name: /Dark/ }).click();
  await page.locator("html[data-theme=dark]").waitFor({ state: "attached" });
  await signIn(page, server.origin, person);
  await page.getByRole("button", { name: "Find a person" }).first().waitFor();
  const cookies = await context.cookies();
  const stored = await page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).flatMap(({ name }) => name ?? []),
  ]);
  const named = en.cookies.rows.flatMap(([names = ""]) => names.split(", "));
  const found = [...cookies.map(({ name }) => name), ...stored];
  expect(found.sort()).toEqual([
    "__Host-sceau-browser",
    "__Host-sceau-callback",
    "__Host-sceau-csrf",
    "__Host-sceau-session",
    "locale",
    "sceau",
    "theme",
  ]);
  expect(found.filter((name) => !named.includes(name))).toEqual([]);
  // What the page says of lifetimes.
  const lasts = (name: string) =>
    Math.round(((cookies.find((one) => one.name === name)?.expires ?? 0) - Date.now() / 1000) / 86_400);
  expect(lasts("__Host-sceau-session")).toBe(7);
  expect(lasts("__Host-sceau-browser")).toBe(365);
  expect(lasts("locale")).toBe(365);
  expect(cookies.filter(({ expires }) => expires === -1).map(({ name }) => name)).toEqual(
    expect.arrayContaining(["__Host-sceau-csrf", "__Host-sceau-callback"]),
  );
  await context.close();
});

test.each(["/gallery", "/gallery/messenger", "/no-such-page"])("%s is the designed 404", async (path) => {
  const { page, context, complaints } = await newProfile(browser);
  const answer = await page.goto(server.origin + path);
  expect(answer?.status()).toBe(404);
  await page.getByRole("heading", { name: "This page does not exist" }).waitFor();
  await page.getByRole("heading", { name: "Cette page n’existe pas" }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test("the goodbye page leads back to the door", async () => {
  const { page, context, complaints } = await newProfile(browser);
  await page.goto(`${server.origin}/goodbye`);
  await page.getByRole("heading", { name: "Your account is deleted" }).waitFor();
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/goodbye.png` });
  await expectAccessible(page);
  await page.getByRole("link", { name: "Go to the sign-in page" }).click();
  await page.waitForURL("**/login");
  expect(complaints).toEqual([]);
  await context.close();
});
