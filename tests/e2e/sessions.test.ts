import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshTotpCode } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { adminCommand } from "../security/support/admin-command.ts";
import { expectAccessible } from "./accessible.ts";
import { launch, newProfile, PHONE, restSooner } from "./browser.ts";
import { PASSWORD, type Person, register, signIn } from "./entrance.ts";

let server: ServerProcess;
let browser: Browser;
let alice: { page: Page; complaints: string[]; person: Person };
let bob: Awaited<ReturnType<typeof newProfile>>;

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  const first = await newProfile(browser);
  await restSooner(first.context);
  const url = `${server.origin}/register#token=${server.firstRunToken}`;
  alice = {
    ...first,
    person: await register(first.page, url, { name: "alice", displayName: "Alice Martin" }),
  };
  bob = await newProfile(browser);
  await register(bob.page, `${server.origin}/register`, { name: "bob", displayName: "Bob Lefèvre" });
  await alice.page.getByRole("button", { name: "Find a person" }).first().click();
  await alice.page.getByRole("combobox").or(alice.page.getByRole("searchbox")).first().fill("bob");
  await alice.page.getByRole("option", { name: /Bob/ }).click();
  await composer(alice.page).waitFor();
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

const composer = (page: Page) => page.getByRole("textbox", { name: /^Message to / });
const rows = (page: Page) => page.getByRole("region", { name: "Devices" }).getByRole("listitem");

/** Until what is typed has been written down, for the other browsers too. */
async function typeDraft(page: Page, text: string): Promise<void> {
  const written = page.waitForResponse(
    (response) => response.request().method() === "PUT" && response.url().includes("/api/vault/"),
  );
  await composer(page).fill(text);
  // What is written there may be something else.
  await expect.poll(() => draftCount(page)).toBe(1);
  await written;
}

function draftCount(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open("sceau");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return new Promise<number>((resolve) => {
      const request = db.transaction("draft").objectStore("draft").count();
      request.onsuccess = () => {
        db.close();
        resolve(request.result);
      };
    });
  });
}

describe("drafts", () => {
  test("survive a reload, and a renderer that is killed", async () => {
    await typeDraft(alice.page, "half a sentence");
    await alice.page.reload();
    await expect.poll(() => composer(alice.page).inputValue()).toBe("half a sentence");

    const tab = await alice.page.context().newPage();
    await tab.goto(alice.page.url());
    await expect.poll(() => composer(tab).inputValue()).toBe("half a sentence");
    await composer(tab).fill("a sentence and a half");
    const devtools = await alice.page.context().newCDPSession(tab);
    await expect
      .poll(async () => {
        await alice.page.evaluate(() => dispatchEvent(new Event("focus")));
        return composer(alice.page).inputValue();
      })
      .toBe("a sentence and a half");
    const crashed = tab.waitForEvent("crash");
    devtools.send("Page.crash").catch(() => undefined);
    await crashed;
    await alice.page.reload();
    await expect.poll(() => composer(alice.page).inputValue()).toBe("a sentence and a half");
  });

  test("do not come back once they were sent", async () => {
    await alice.page.getByRole("button", { name: "Send", exact: true }).click();
    await expect.poll(() => draftCount(alice.page)).toBe(0);
    await alice.page.reload();
    await composer(alice.page).waitFor();
    expect(await composer(alice.page).inputValue()).toBe("");
  });
});

describe("a sign-in elsewhere", () => {
  test("is told to the browser that is open, which ends it", async () => {
    const stranger = await newProfile(browser, { viewport: PHONE, isMobile: true, hasTouch: true });
    await signIn(stranger.page, server.origin, alice.person);
    await stranger.page.waitForURL("**/recover");
    await alice.page.getByText("New sign-in to your account").waitFor();
    await alice.page.getByRole("button", { name: "Check my browsers" }).click();
    await expect.poll(() => rows(alice.page).count()).toBe(2);
    await rows(alice.page).nth(1).getByRole("button", { name: "Sign out" }).click();
    await expect.poll(() => rows(alice.page).count()).toBe(1);
    await stranger.page.reload();
    await stranger.page.waitForURL("**/login");
    await stranger.context.close();
  });

  test("is told once", async () => {
    await alice.page.reload();
    await alice.page.getByRole("heading", { name: "Your browsers" }).waitFor();
    const asked = alice.page.waitForResponse((response) => response.url().endsWith("/api/notices"));
    expect(await (await asked).json()).toEqual({ notices: [] });
  });

  test("that got the keys is removed after both factors, in this browser alone", async () => {
    const other = await newProfile(browser);
    await signIn(other.page, server.origin, alice.person);
    await other.page.getByLabel("Recovery code").fill(alice.person.recoveryCode);
    await other.page.getByRole("button", { name: "Unlock" }).click();
    await other.page.getByRole("button", { name: "Find a person" }).first().waitFor();

    await alice.page.reload();
    await expect.poll(() => rows(alice.page).count()).toBe(2);
    await rows(alice.page).nth(1).getByRole("button", { name: "Remove…" }).click();
    await alice.page.getByRole("button", { name: "Remove", exact: true }).click();
    const dialog = alice.page.getByRole("dialog", { name: "Confirm that it is you" });
    await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await dialog.getByLabel("Code from your authenticator app").fill("000000");
    await dialog.getByText("The password or the code is wrong").waitFor();
    await dialog
      .getByLabel("Code from your authenticator app")
      .fill(await freshTotpCode(alice.person.totpSecret));
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => rows(alice.page).count()).toBe(1);
    await other.page.waitForURL("**/login**");
    await other.context.close();
  });
});

test("what is announced to everybody is read at once, in one's language, until it is put away here", async () => {
  const { page } = alice;
  await page.goto(server.origin);
  await page.getByRole("button", { name: "Find a person" }).first().waitFor();
  const text = "Back at eight: https://sceau.example/news. <b>Thank you</b>";
  const made = await adminCommand(
    server,
    "announce",
    text,
    "--level",
    "warning",
    "--french",
    "De retour à 8 h",
  );
  expect(made).toMatchObject({ code: 0, said: "" });
  const banner = page.getByText("Important announcement");
  await banner.waitFor();
  await page.getByText("<b>Thank you</b>").waitFor();
  const link = page.getByRole("link", { name: "https://sceau.example/news" });
  expect(await link.getAttribute("href")).toBe("https://sceau.example/news");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await banner.waitFor({ state: "detached" });
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem("dismissed announcements")))
    .toContain(made.out.trim());
});

describe("the end of a session", () => {
  test("is said before, and staying is one press", async () => {
    const left = { idle: 90_000, absolute: 3_600_000 };
    let asking = false;
    await alice.page.route("**/api/auth/session*", async (route) => {
      const response = await route.fetch();
      if (asking && route.request().url().includes("active=1")) left.idle = 1_800_000;
      await route.fulfill({ response, json: { ...(await response.json()), left } });
    });
    await alice.page.reload();
    await alice.page.getByText("Nothing has been done here for a long time").waitFor();
    asking = true;
    await alice.page.getByRole("button", { name: "Stay signed in" }).click();
    await alice.page.getByText("Nothing has been done here").waitFor({ state: "detached" });
  });

  test("leads over the sign-in back to where one was, with what was being written", async () => {
    await alice.page.unroute("**/api/auth/session*");
    await alice.page.goto(`${server.origin}/`);
    await alice.page.getByRole("link", { name: /Bob Lefèvre/ }).click();
    await typeDraft(alice.page, "unfinished");
    const place = new URL(alice.page.url()).hash;
    await alice.page.route("**/api/auth/session*", async (route) => {
      const response = await route.fetch();
      const left = { idle: 3_600_000, absolute: 60_000 };
      await route.fulfill({ response, json: { ...(await response.json()), left } });
    });
    await alice.page.reload();
    await alice.page.getByRole("button", { name: "Sign in again" }).click();
    await alice.page.waitForURL(`**/login#back=${place.slice(1)}`);
    await alice.page.unroute("**/api/auth/session*");

    await alice.page.getByRole("textbox", { name: "Name", exact: true }).fill(alice.person.name);
    await alice.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await alice.page.getByRole("button", { name: "Continue" }).click();
    const code = alice.page.getByLabel("6-digit code");
    await code.waitFor();
    await code.fill(await freshTotpCode(alice.person.totpSecret));
    await alice.page.waitForURL(`${server.origin}/${place}`);
    await expect.poll(() => composer(alice.page).inputValue()).toBe("unfinished");
  });

  test("leaves nothing to complain about", () => {
    expect(alice.complaints).toEqual([]);
  });
});
