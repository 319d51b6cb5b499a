import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerDevice } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { expectAccessible } from "./accessible.ts";
import { launch, newProfile, PHONE } from "./browser.ts";
import { type Person, register, signIn } from "./entrance.ts";
import { deleteFiles, findFiles, forwardFiles, sendFiles } from "./sending-files.ts";

let server: ServerProcess;
let browser: Browser;
let alice: { page: Page; complaints: string[]; person: Person };
let bob: { page: Page; complaints: string[]; person: Person };

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  const first = await newProfile(browser);
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
  bob = {
    ...second,
    person: await register(second.page, `${server.origin}/register`, {
      name: "bob",
      displayName: "Bob Lefèvre",
    }),
  };
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

const timeline = (page: Page) => page.getByLabel(/^Messages with /);
const composer = (page: Page) => page.getByRole("textbox", { name: /^Message to / });

async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** Alice at a desk, Bob on a phone in the dark. */
describe("in two real browsers", () => {
  test("one finds the other and they write in real time", async () => {
    await alice.page.getByRole("button", { name: "Find a person" }).first().click();
    await alice.page
      .getByRole("dialog")
      .getByRole("textbox")
      .or(alice.page.getByRole("combobox"))
      .fill("bob");
    await alice.page.getByRole("option", { name: /Bob Lefèvre/ }).click();
    await write(alice.page, "Hello **Bob**, see https://example.org");
    await timeline(alice.page).getByText("Hello Bob").waitFor();
    await bob.page.getByRole("link", { name: /Alice Martin/ }).click();
    const message = timeline(bob.page).getByText("Hello Bob");
    await message.waitFor();
    expect(await timeline(bob.page).locator("strong").innerText()).toBe("Bob");
    const link = timeline(bob.page).getByRole("link", { name: "https://example.org" });
    expect(await link.getAttribute("rel")).toContain("noopener");
    await write(bob.page, "Hi Alice\nsecond line");
    await timeline(alice.page).getByText("second line").waitFor();
    await timeline(bob.page).getByLabel("Read").or(timeline(bob.page).getByText("Read")).first().waitFor();
  });

  test("they see each other there and writing, and what is read while both show it", async () => {
    const row = alice.page.getByRole("link", { name: /Bob Lefèvre/ });
    await row.getByText("Online").waitFor({ state: "attached" });
    await alice.page
      .locator("header")
      .getByText(/Online · bob/)
      .waitFor();
    await expect
      .poll(async () => {
        await composer(bob.page).press("m");
        return alice.page.getByText(/Bob Lefèvre.* is writing…/).count();
      })
      .toBe(1);
    await composer(bob.page).fill("");

    await alice.page.getByRole("button", { name: /Account of/ }).click();
    await alice.page.getByRole("menuitemradio", { name: "Busy" }).click();
    await bob.page
      .locator("header")
      .getByText(/Busy · alice/)
      .waitFor();
    await alice.page.getByRole("menuitem", { name: "Settings" }).click();
    await alice.page.getByRole("link", { name: "Privacy" }).click();
    // Both show what the server has taken, which comes at its own pace.
    const online = alice.page.getByRole("radio", { name: /^Online while you are here/ });
    await online.click({ force: true });
    await expect.poll(() => online.isChecked()).toBe(true);
    const readStates = alice.page.getByRole("checkbox", { name: /^Read states/ });
    await readStates.click({ force: true });
    await expect.poll(() => readStates.isChecked()).toBe(false);
    await expectAccessible(alice.page);
    await alice.page.getByRole("button", { name: "Back to messages" }).click();
    await alice.page.getByRole("link", { name: /Bob Lefèvre/ }).click();
    const saying = (page: Page, text: string) => page.locator("li[data-message]").filter({ hasText: text });
    await write(bob.page, "read in secret");
    await saying(alice.page, "read in secret").waitFor();
    await write(alice.page, "answered");
    await saying(bob.page, "answered").waitFor();
    await saying(alice.page, "answered").getByText("Delivered").waitFor({ state: "attached" });
    expect(await saying(bob.page, "read in secret").getByText("Read", { exact: true }).count()).toBe(0);
  });

  test("everything is there after a reload", async () => {
    await alice.page.reload();
    await timeline(alice.page).getByText("Hello Bob").waitFor();
    await timeline(alice.page).getByText("second line").waitFor();
  });

  test("writing goes on offline, and leaves in order when back", async () => {
    const context = alice.page.context();
    const bell = alice.page.getByRole("button", { name: "Notifications", exact: true });
    // Its code comes with the first approach.
    await bell.click();
    await alice.page.getByRole("menuitem", { name: "For 1 hour" }).waitFor();
    await alice.page.getByRole("menu").press("Escape");
    await context.setOffline(true);
    await alice.page.getByText("You are offline.").first().waitFor();
    await bell.click();
    await alice.page.getByRole("menuitem", { name: "For 1 hour" }).click();
    await alice.page.getByText("This is saved as soon as you are back", { exact: false }).waitFor();
    // What was not fetched before is there once the network is, and takes nothing away until then.
    await alice.page.getByRole("button", { name: "New room, browse rooms" }).click();
    for (const text of ["offline one", "offline two", "offline three"]) await write(alice.page, text);
    await timeline(alice.page).getByText("offline three").waitFor();
    await context.setOffline(false);
    await timeline(bob.page).getByText("offline three").waitFor();
    await alice.page.getByRole("menuitem", { name: "New room" }).waitFor();
    await alice.page.getByRole("menu").press("Escape");
    const texts = (await timeline(bob.page).innerText()).match(/offline \w+/g);
    expect(texts).toEqual(["offline one", "offline two", "offline three"]);
    await alice.page.getByRole("button", { name: "Notifications are off here" }).click();
    await alice.page.getByRole("menuitem", { name: "Turn back on" }).click();
    await alice.page.getByRole("button", { name: "Notifications", exact: true }).waitFor();
  });

  test("a picture and a large file go through an interruption and a reload, are seen, saved, found, sent on, and deleted for both", async () => {
    await sendFiles(alice, bob);
    await findFiles(alice);
    const carol = await registerDevice({ ...server, firstRunToken: null }, "carol");
    const opens = await forwardFiles(alice, carol);
    await deleteFiles(alice, bob);
    // Hers are others, and stay.
    await opens();
    carol.close();
  });

  test("the server restarts, and both go on by themselves", async () => {
    await server.kill("SIGKILL");
    await write(alice.page, "while it was away");
    server = await server.restart();
    await timeline(bob.page).getByText("while it was away").waitFor({ timeout: 60_000 });
  });

  test("a third browser opens everything with the recovery code", async () => {
    const third = await newProfile(browser);
    await signIn(third.page, server.origin, bob.person);
    await third.page.waitForURL("**/recover");
    await expectAccessible(third.page);
    await third.page.getByRole("textbox", { name: "Recovery code" }).fill(bob.person.recoveryCode);
    await third.page.getByRole("button", { name: "Unlock" }).click();
    await third.page.waitForURL((url) => url.pathname === "/");
    await third.page.getByRole("link", { name: /Alice Martin/ }).click();
    await timeline(third.page).getByText("Hello Bob").waitFor();
    await write(third.page, "from my other browser");
    await timeline(bob.page).getByText("from my other browser").waitFor();
    expect(third.complaints).toEqual([]);
    await third.context.close();
  });

  test("either sets a time after which messages disappear, is told what that does, and both see it", async () => {
    await bob.page.getByRole("button", { name: /^Safety number/ }).click();
    await bob.page.getByRole("dialog").getByRole("button", { name: "Disappearing messages" }).click();
    const dialog = bob.page.getByRole("dialog", { name: "Disappearing messages" });
    await dialog.getByLabel("Messages disappear").selectOption("After 1 day");
    await dialog.getByText("Messages older than 1 day disappear as soon as you save").waitFor();
    await expectAccessible(bob.page);
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    for (const { page } of [alice, bob]) await page.getByTitle("Messages disappear after 1 day").waitFor();
    // As it is chosen for the other, and a time of one's own.
    await alice.page.getByRole("button", { name: "Disappearing messages" }).click();
    const chooser = alice.page.getByRole("dialog", { name: "Disappearing messages" });
    const choice = chooser.getByLabel("Messages disappear");
    await expect.poll(() => choice.inputValue()).toBe("86400");
    await choice.selectOption("After another time…");
    await chooser.getByLabel("How many").selectOption("3");
    await chooser.getByRole("button", { name: "Save" }).click();
    await chooser.waitFor({ state: "detached" });
    await bob.page.getByTitle("Messages disappear after 3 days").waitFor();
    await timeline(bob.page).getByText("Hello Bob").waitFor();
  });

  test("nothing to complain about: axe, console, content security policy", async () => {
    await expectAccessible(alice.page);
    await expectAccessible(bob.page);
    const away = /WebSocket connection|ERR_/;
    expect(alice.complaints.filter((text) => !away.test(text))).toEqual([]);
    expect(bob.complaints.filter((text) => !away.test(text))).toEqual([]);
  });

  test("signed out, a browser shows nothing and keeps its keys for the next sign-in", async () => {
    await bob.page
      .getByRole("button", { name: "Back to conversations" })
      .or(bob.page.getByRole("link", { name: "Back to conversations" }))
      .click();
    await expectAccessible(bob.page);
    await bob.page.getByRole("button", { name: /Account of/ }).click();
    await bob.page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
    await bob.page.waitForURL("**/login");
    await bob.page.goto(`${server.origin}/`);
    await bob.page.waitForURL("**/login");
    await signIn(bob.page, server.origin, bob.person);
    await bob.page.getByRole("link", { name: /Alice Martin/ }).click();
    await timeline(bob.page).getByText("Hello Bob").waitFor();
  });

  test("a browser that is told to forget holds no key any more", async () => {
    await bob.page
      .getByRole("button", { name: "Back to conversations" })
      .or(bob.page.getByRole("link", { name: "Back to conversations" }))
      .click();
    await bob.page.getByRole("button", { name: /Account of/ }).click();
    await bob.page.getByRole("menuitem", { name: /forget this browser/ }).click();
    await bob.page.getByRole("button", { name: "Sign out and forget" }).click();
    await bob.page.waitForURL("**/login");
    const left = await bob.page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open("sceau");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const count = (store: string) =>
        new Promise<number>((resolve) => {
          const request = db.transaction(store).objectStore(store).count();
          request.onsuccess = () => resolve(request.result);
        });
      return Promise.all([...db.objectStoreNames].map(count));
    });
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter((count) => count > 0)).toEqual([]);
    // Sealed files that waited for their upload.
    const files = await bob.page.evaluate(async () => {
      const names: string[] = [];
      for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
      return names;
    });
    expect(files).toEqual([]);
  });

  test("the entrance speaks French to a French browser", async () => {
    const french = await newProfile(browser, { locale: "fr-FR", viewport: PHONE });
    for (const path of ["/login", "/register"]) {
      await french.page.goto(server.origin + path);
      expect(await french.page.locator("html").getAttribute("lang")).toBe("fr");
      await expectAccessible(french.page);
    }
    await french.page
      .getByRole("textbox", { name: "Mot de passe" })
      .or(french.page.getByLabel("Mot de passe", { exact: true }))
      .waitFor();
    expect(french.complaints).toEqual([]);
    await french.context.close();
  });
});
