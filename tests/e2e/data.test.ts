import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshTotpCode } from "../../server/testing/device.ts";
import { readZip } from "../../server/testing/read-zip.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { expectAccessible } from "./accessible.ts";
import { launch, newProfile, PHONE } from "./browser.ts";
import { PASSWORD, type Person, register } from "./entrance.ts";

const PICTURES = process.env.SCEAU_PICTURES;
const XSS = `<img src=x onerror="document.title='owned'">`;

interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: string[];
  readonly person: Person;
}

let server: ServerProcess;
let browser: Browser;
let alice: Visitor;
let bob: Visitor;

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  const first = await newProfile(browser);
  // Its dialog for files belongs to the system, where no test can press: the other way is taken.
  await first.context.addInitScript(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
  const firstRun = `${server.origin}/register#token=${server.firstRunToken}`;
  alice = {
    ...first,
    person: await register(first.page, firstRun, { name: "alice", displayName: "Alice Martin" }),
  };
  const second = await newProfile(browser, {
    viewport: PHONE,
    isMobile: true,
    hasTouch: true,
    colorScheme: "dark",
  });
  await second.context.addInitScript(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
  const other = { name: "bob", displayName: "Bob Okafor" };
  bob = { ...second, person: await register(second.page, `${server.origin}/register`, other) };
  await alice.page.getByRole("button", { name: "Find a person" }).first().click();
  await alice.page.getByRole("combobox").fill("bob");
  await alice.page.getByRole("option", { name: /Bob/ }).click();
  await write(alice.page, XSS);
  await bob.page.getByRole("link", { name: /Alice/ }).click();
  await write(bob.page, "**fine**, thanks");
  await alice.page.getByText("fine", { exact: true }).last().waitFor();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: /^Message to / }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

async function look({ page }: Visitor, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

async function confirm({ page, person }: Visitor): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await dialog.getByLabel("Code from your authenticator app").fill(await freshTotpCode(person.totpSecret));
  await dialog.waitFor({ state: "detached" });
}

const openData = ({ page }: Visitor) => page.goto(`${server.origin}/#settings/data`);

describe("an export", () => {
  test("is prepared after both factors, saved, and holds what was said", async () => {
    const { page } = alice;
    await openData(alice);
    await look(alice, "data-idle");
    await expectAccessible(alice.page);
    await page.getByRole("button", { name: "Prepare the export…" }).click();
    await confirm(alice);
    await page.getByText("Ready to be written: 1 conversation, 2 messages.").waitFor();
    await look(alice, "data-ready");
    await expectAccessible(alice.page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save the export…" }).click(),
    ]);
    await page.getByText("The export is complete: 2 messages.").waitFor();
    await look(alice, "data-done");
    expect(download.suggestedFilename()).toMatch(/^sceau-alice-.*\.zip$/);
    const files = readZip(await readFile(await download.path()));
    expect([...files.keys()].sort()).toEqual([
      "account.json",
      "conversations/001-bob.html",
      "conversations/001-bob.json",
      "index.html",
    ]);
    const { messages } = JSON.parse(files.get("conversations/001-bob.json") ?? "");
    expect(messages.map(({ content }: { content: { text: string } }) => content.text)).toEqual([
      XSS,
      "**fine**, thanks",
    ]);
    await readIt(files);
  }, 90_000);

  test("can be let go before it begins", async () => {
    const { page } = bob;
    await openData(bob);
    await page.getByRole("button", { name: "Prepare the export…" }).click();
    await page.getByRole("dialog", { name: "Confirm that it is you" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Prepare the export…" }).waitFor();
  });
});

/** As a file on somebody's disk, in a browser that would run whatever it found. */
async function readIt(files: ReadonlyMap<string, string>): Promise<void> {
  for (const [viewport, colorScheme] of [
    [{ width: 1280, height: 800 }, "light"],
    [PHONE, "dark"],
  ] as const) {
    const { page, context, complaints } = await newProfile(browser, { viewport, colorScheme });
    await context.route("https://export.example/**", (route) => {
      const path = new URL(route.request().url()).pathname.slice(1);
      const body = files.get(path);
      return body === undefined
        ? route.abort()
        : route.fulfill({ body, contentType: "text/html; charset=utf-8" });
    });
    await page.goto("https://export.example/index.html");
    await page.getByRole("heading", { name: "Sceau export" }).waitFor();
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/export-index-${viewport.width}.png` });
    await page.getByRole("link", { name: "Bob Okafor" }).click();
    await page.getByText(XSS).waitFor();
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/export-page-${viewport.width}.png` });
    expect(await page.title()).toBe("Bob Okafor");
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await context.close();
  }
}

describe("the end of an account", () => {
  test("is refused to the only administrator, with a sentence", async () => {
    const { page } = alice;
    await openData(alice);
    await page.getByLabel("Type your name, alice, to go on").fill("alicia");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByText("That is not alice.").waitFor();
    await page.getByLabel("Type your name, alice, to go on").fill("alice");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByText(/No administrator would be left/).waitFor();
    await page.getByText(/No administrator would be left/).scrollIntoViewIfNeeded();
    await look(alice, "deletion-refused");
    await page.goto(`${server.origin}/#`);
  });

  test("is typed out, proved, and leaves a quiet page and an empty browser", async () => {
    const { page } = bob;
    await page.getByRole("button", { name: "Delete my account" }).scrollIntoViewIfNeeded();
    await look(bob, "deletion-phone");
    await expectAccessible(bob.page);
    await page.getByLabel("Type your name, bob, to go on").fill("Bob");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await confirm(bob);
    await page.waitForURL("**/goodbye");
    await page.getByRole("heading", { name: "Your account is deleted" }).waitFor();
    await look(bob, "goodbye-phone");
    const kept = await page.evaluate(async () => {
      const opened = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open("sceau");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const stores = [...opened.objectStoreNames];
      const counts = stores.map(
        (store) =>
          new Promise<number>((resolve) => {
            const request = opened.transaction(store).objectStore(store).count();
            request.onsuccess = () => resolve(request.result);
          }),
      );
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    });
    expect(kept).toBe(0);
    await page.goto(server.origin);
    await page.waitForURL("**/login");
    expect(bob.complaints).toEqual([]);
  }, 90_000);

  test("shows to others at once, and lets them read on", async () => {
    const { page } = alice;
    await page.getByRole("link", { name: /Deleted account/ }).click();
    await page.getByText(/This account was deleted/).waitFor();
    await page.getByText("fine", { exact: true }).last().waitFor();
    expect(await page.getByRole("textbox", { name: /Message to/ }).count()).toBe(0);
    await look(alice, "deleted-live");
    await expectAccessible(alice.page);
    await page.reload();
    await page.getByText("Message deleted").last().waitFor();
    await look(alice, "deleted-reloaded");
    await page.setViewportSize(PHONE);
    await look(alice, "deleted-phone");
    await expectAccessible(alice.page);
    expect(alice.complaints).toEqual([]);
  });
});
