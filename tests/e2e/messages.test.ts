import type { Browser, Locator, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { expectAccessible } from "./accessible.ts";
import { launch, newProfile, PHONE } from "./browser.ts";
import { register } from "./entrance.ts";

let server: ServerProcess;
let browser: Browser;
let alice: { page: Page; complaints: string[] };
let bob: { page: Page; complaints: string[] };

const timeline = (page: Page) => page.getByRole("region", { name: /^Messages with / });
const row = (page: Page, text: string | RegExp) =>
  timeline(page).locator("[data-message]", { hasText: text });
const composer = (page: Page) => page.getByRole("textbox", { name: /^Message to / });
const dialog = (page: Page) => page.getByRole("dialog");

async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** The message is stored once its row offers what can be done with it. */
async function ready(message: Locator): Promise<void> {
  await message.getByRole("button", { name: "More", exact: true }).waitFor({ state: "attached" });
}

/** By key alone: from the composer to the newest message, and up to the one with the text. */
async function focusByKeys(page: Page, text: string): Promise<void> {
  await composer(page).press("Alt+ArrowUp");
  const focused = page.locator("[data-message]:focus");
  for (let i = 0; i < 20 && !(await focused.innerText()).includes(text); i++) {
    await page.keyboard.press("ArrowUp");
  }
  expect(await focused.innerText()).toContain(text);
}

interface Recorder {
  readonly recorded: { readonly told: string[]; readonly closed: string[] };
}

/** In the page, in place of the browser's own notifications. */
const RECORD_NOTIFICATIONS = `
  window.recorded = { told: [], closed: [] };
  window.Notification = class {
    constructor(title, options) {
      // As the browser's own, which cannot keep just any data.
      const { body } = structuredClone(options);
      this.body = body;
      recorded.told.push(title + ": " + body);
    }
    close() {
      recorded.closed.push(this.body);
    }
  };
  window.Notification.permission = "granted";
`;

const recorded = (page: Page) => page.evaluate(() => (window as unknown as Recorder).recorded);
const told = async (page: Page) => (await recorded(page)).told;

/** A page under test always has the focus, unless it is told otherwise. */
async function lookAway(page: Page, away: boolean): Promise<void> {
  await page.evaluate((isAway) => {
    document.hasFocus = () => !isAway;
    dispatchEvent(new Event(isAway ? "blur" : "focus"));
  }, away);
}

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  alice = await newProfile(browser);
  const firstRun = `${server.origin}/register#token=${server.firstRunToken}`;
  await register(alice.page, firstRun, { name: "alice", displayName: "Alice Martin" });
  bob = await newProfile(browser, { viewport: PHONE, isMobile: true, hasTouch: true, colorScheme: "dark" });
  await register(bob.page, `${server.origin}/register`, { name: "bob", displayName: "Bob Lefèvre" });
  await alice.page.getByRole("button", { name: "Find a person" }).first().click();
  await alice.page.getByRole("combobox").fill("bob");
  await alice.page.getByRole("option", { name: /Bob Lefèvre/ }).click();
  await write(alice.page, "Shall we meet on Tuesday?");
  await bob.page.getByRole("link", { name: /Alice Martin/ }).click();
  await ready(row(bob.page, "Shall we meet on Tuesday?"));
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** Alice at a desk by keyboard, Bob on a phone in the dark. */
describe("about messages", () => {
  test("a reaction is chosen by keyboard, seen by the other, and taken back", async () => {
    await ready(row(alice.page, "Shall we meet"));
    await focusByKeys(alice.page, "Shall we meet");
    await alice.page.keyboard.press("Enter");
    await dialog(alice.page).getByRole("button", { name: "All emoji" }).click();
    await dialog(alice.page).getByRole("textbox", { name: "Search emoji" }).waitFor();
    await expectAccessible(alice.page);
    await alice.page.keyboard.type("rocket");
    await alice.page.keyboard.press("Enter");
    const seen = row(bob.page, "Shall we meet").getByRole("button", { name: "🚀, Alice Martin" });
    await seen.click();
    await row(alice.page, "Shall we meet")
      .getByRole("button", { name: /🚀, You(,| and) Bob Lefèvre/ })
      .click();
    await row(bob.page, "Shall we meet").getByRole("button", { name: "🚀, You", exact: true }).waitFor();
  });

  test("an answer quotes, and its quote leads back", async () => {
    const message = row(bob.page, "Shall we meet");
    await message.getByRole("button", { name: "More", exact: true }).dispatchEvent("click");
    await dialog(bob.page).getByRole("button", { name: "Reply", exact: true }).click();
    await bob.page.getByRole("region", { name: "Replying" }).waitFor();
    await write(bob.page, "Tuesday is fine.");
    const answer = row(alice.page, "Tuesday is fine.");
    await answer.getByRole("button", { name: /Shall we meet/ }).click();
    await alice.page.waitForURL(/&m=\d+/);
  });

  test("arrow-up edits the last message, Escape leaves it, and earlier words can be seen", async () => {
    await write(alice.page, "At thirten o’clock.");
    await ready(row(alice.page, "thirten"));
    await composer(alice.page).press("ArrowUp");
    await alice.page.getByRole("region", { name: "Editing" }).waitFor();
    await composer(alice.page).press("Escape");
    await expect.poll(() => composer(alice.page).inputValue()).toBe("");
    await composer(alice.page).press("ArrowUp");
    await expect.poll(() => composer(alice.page).inputValue()).toBe("At thirten o’clock.");
    await composer(alice.page).fill("At thirteen o’clock.");
    await composer(alice.page).press("Enter");
    await row(bob.page, "At thirteen o’clock.").getByRole("button", { name: "edited" }).click();
    await dialog(bob.page).getByText("At thirten o’clock.").waitFor();
    await expectAccessible(bob.page);
    await bob.page.keyboard.press("Escape");
  });

  test("a person is named by keyboard, and sees it", async () => {
    await composer(alice.page).focus();
    await alice.page.keyboard.type("See you there @bo");
    await alice.page.getByRole("option", { name: /Bob Lefèvre/ }).waitFor();
    await composer(alice.page).and(alice.page.locator("[aria-activedescendant]")).waitFor();
    await expectAccessible(alice.page);
    await alice.page.keyboard.press("Enter");
    await alice.page.getByRole("option").first().waitFor({ state: "detached" });
    await alice.page.keyboard.press("Enter");
    const chip = row(bob.page, "See you there").locator("bdi", { hasText: "@Bob Lefèvre" });
    await chip.waitFor();
    expect(await chip.getAttribute("title")).toBe("bob");
  });

  test("a poll is asked, voted in, and shows who chose what", async () => {
    await alice.page.getByRole("button", { name: "Add", exact: true }).click();
    await alice.page.getByRole("button", { name: "Poll", exact: true }).click();
    await dialog(alice.page).getByRole("textbox", { name: "Question" }).fill("Where?");
    await dialog(alice.page).getByRole("textbox", { name: "Answer 1" }).fill("Upstairs");
    await dialog(alice.page).getByRole("textbox", { name: "Answer 2" }).fill("Downstairs");
    await expectAccessible(alice.page);
    await dialog(alice.page).getByRole("button", { name: "Send poll" }).click();
    const poll = row(bob.page, "Where?");
    await poll.getByRole("button", { name: /^Downstairs/ }).click();
    await poll.getByRole("button", { name: /^Upstairs/ }).click();
    const asked = row(alice.page, "Where?");
    await asked.getByRole("button", { name: "Upstairs 1 vote" }).waitFor();
    await asked.getByRole("button", { name: "Downstairs 0 votes" }).waitFor();
    await asked.getByRole("button", { name: "1 person voted" }).click();
    await dialog(alice.page).getByText("Bob Lefèvre").waitFor();
    await alice.page.keyboard.press("Escape");
  });

  const openOnPhone = (name: RegExp) => row(bob.page, "Shall we meet").getByRole("button", { name }).click();

  test("a thread goes on beside the conversation, not in it", async () => {
    await focusByKeys(alice.page, "Shall we meet");
    await alice.page.keyboard.press("t");
    const thread = alice.page.getByRole("complementary", { name: "Thread" });
    const field = thread.getByRole("textbox", { name: "Reply in thread" });
    await field.fill("Before or after lunch?");
    await field.press("Enter");
    await thread.locator("[data-message]", { hasText: "Before or after lunch?" }).waitFor();
    await expectAccessible(alice.page);
    await openOnPhone(/^1 reply/);
    const onPhone = bob.page.getByRole("complementary", { name: "Thread" });
    await onPhone.getByText("Before or after lunch?").waitFor();
    await expectAccessible(bob.page);
    await onPhone.getByRole("button", { name: "Close thread" }).click();
    await timeline(bob.page).waitFor();
    expect(await timeline(bob.page).getByText("Before or after lunch?").count()).toBe(0);

    const say = async (text: string): Promise<void> => {
      await field.fill(text);
      await field.press("Enter");
    };
    await say("After, rather.");
    const news = bob.page.getByRole("button", { name: "1 new reply in a thread" });
    await news.waitFor();
    await expectAccessible(bob.page);
    await news.click();
    await onPhone.locator("[data-message]", { hasText: "After, rather." }).waitFor();
    const fieldOnPhone = onPhone.getByRole("textbox", { name: "Reply in thread" });
    await fieldOnPhone.fill("Half a thought");
    // The same words once more are read out once more.
    const heard = onPhone.locator("[aria-live] p", { hasText: "Bob?" });
    await say("Bob?");
    await heard.waitFor({ state: "attached" });
    const first = await heard.elementHandle();
    await say("Bob?");
    await expect.poll(() => first?.evaluate((one) => one.isConnected)).toBe(false);
    await heard.waitFor({ state: "attached" });
    await onPhone.getByRole("button", { name: "Close thread" }).click();
    await openOnPhone(/^4 replies/);
    await expect.poll(() => fieldOnPhone.inputValue()).toBe("Half a thought");
    await fieldOnPhone.fill("");
    await onPhone.getByRole("button", { name: "Close thread" }).click();
    await timeline(bob.page).waitFor();
    expect(await news.count()).toBe(0);

    // A quote leads to what the thread holds, in the thread.
    const quoted = thread.locator("[data-message]", { hasText: "After, rather." });
    await quoted.getByRole("button", { name: "Reply", exact: true }).dispatchEvent("click");
    await say("Who else comes?");
    await thread.getByRole("button", { name: /After, rather/ }).click();
    await expect.poll(() => quoted.first().evaluate((one) => one === document.activeElement)).toBe(true);
    await field.press("Escape");
    await thread.waitFor({ state: "detached" });
  });

  test("a deletion is confirmed, and says who did it", async () => {
    await write(bob.page, "This was not meant for you.");
    const message = row(bob.page, "This was not meant for you.");
    await ready(message);
    await message.getByRole("button", { name: "More", exact: true }).dispatchEvent("click");
    await dialog(bob.page).getByRole("button", { name: "Delete" }).click();
    await dialog(bob.page).getByRole("heading", { name: "Delete this message?" }).waitFor();
    await dialog(bob.page).getByRole("button", { name: "Delete" }).click();
    await timeline(alice.page).getByText("Message deleted by Bob Lefèvre").waitFor();
    await timeline(bob.page).getByText("You deleted this message").waitFor();
  });

  test("words are passed on, marked as such, and details say who has read them", async () => {
    await focusByKeys(alice.page, "At thirteen o’clock.");
    await alice.page.keyboard.press("Enter");
    await dialog(alice.page).getByRole("button", { name: "Forward" }).click();
    await dialog(alice.page)
      .getByRole("checkbox", { name: /Bob Lefèvre/ })
      .check();
    await expectAccessible(alice.page);
    await dialog(alice.page).getByRole("button", { name: "Forward" }).click();
    await row(bob.page, /Forwarded\s*At thirteen/).waitFor();
    const message = row(alice.page, /Forwarded\s*At thirteen/);
    await ready(message);
    await message.hover();
    await message.getByRole("button", { name: "More", exact: true }).click();
    await dialog(alice.page).getByRole("button", { name: "Details" }).click();
    await dialog(alice.page).getByText("From").waitFor();
    await expectAccessible(alice.page);
    await alice.page.keyboard.press("Escape");
  });

  test("a question mark shows the keys", async () => {
    await timeline(alice.page).focus();
    // What listens for it comes when the page has been quiet for some seconds.
    await expect
      .poll(
        async () => {
          await alice.page.keyboard.press("?");
          return alice.page.getByRole("heading", { name: "Keys" }).count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    await expectAccessible(alice.page);
    await alice.page.keyboard.press("Escape");
  });

  test("a message is kept for tomorrow, taken back to be edited, and sent now after all", async () => {
    const { page } = alice;
    const bar = page.getByRole("button", { name: "1 scheduled" });
    const keepForTomorrow = async (): Promise<void> => {
      await page.getByRole("button", { name: "Send later…" }).click();
      await dialog(page)
        .getByRole("button", { name: /^Tomorrow/ })
        .waitFor();
      await expectAccessible(page);
      await dialog(page)
        .getByRole("button", { name: /^Tomorrow/ })
        .click();
      await bar.waitFor();
    };
    await composer(page).fill("Good morning");
    await keepForTomorrow();
    await expect.poll(() => composer(page).inputValue()).toBe("");
    await bar.click();
    await dialog(page).getByText("Good morning").waitFor();
    await expectAccessible(page);
    await dialog(page).getByRole("button", { name: "Edit", exact: true }).click();
    await expect.poll(() => composer(page).inputValue()).toBe("Good morning");
    await bar.waitFor({ state: "detached" });
    await composer(page).fill("Good evening");
    await keepForTomorrow();
    await bar.click();
    await dialog(page).getByRole("button", { name: "Send now", exact: true }).click();
    await dialog(page).getByText("Nothing waits here any more.").waitFor();
    await dialog(page).getByRole("button", { name: "Close", exact: true }).click();
    await ready(row(page, "Good evening"));
    expect(await row(page, "Good morning").count()).toBe(0);
  });

  test("a star is given, leads back to its message, and is taken away where it is listed", async () => {
    // Not the answer that quotes it.
    const starred = row(alice.page, "Shall we meet on Tuesday?").first();
    await starred.hover();
    await starred.getByRole("button", { name: "More", exact: true }).click();
    await dialog(alice.page).getByRole("button", { name: "Star", exact: true }).click();
    await starred.getByText("Starred").waitFor();
    await alice.page.getByRole("button", { name: /^Account of / }).click();
    await alice.page.getByRole("menuitem", { name: "Starred messages" }).click();
    const pane = alice.page.getByRole("region", { name: "Starred messages" });
    const link = pane.getByRole("link", { name: /Shall we meet/ });
    await link.waitFor();
    await expectAccessible(alice.page);
    await link.click();
    await starred.waitFor();
    await alice.page.goBack();
    await pane.getByRole("button", { name: "Remove star" }).click();
    await pane.getByText("No starred messages yet").waitFor();
    await pane.getByRole("button", { name: "Close starred messages" }).click();
  });

  test("what arrives elsewhere is told in the page, by the browser when nobody looks, and not where it is muted", async () => {
    const { page } = alice;
    await page.addInitScript({ content: RECORD_NOTIFICATIONS });
    await page.goto(`${server.origin}/`);
    await page.reload();
    // What tells comes when the page has been quiet for some seconds.
    await page.getByRole("status", { name: "New messages" }).waitFor({ state: "attached" });
    await write(bob.page, "Are you there?");
    await page.getByRole("button", { name: /Bob Lefèvre\s*Are you there\?/ }).waitFor();
    await expect.poll(() => page.title()).toBe("(1) Sceau");
    await expect
      .poll(() => page.locator('link[rel="icon"]').first().getAttribute("href"))
      .toMatch(/^data:image\/png/);
    await expectAccessible(page);
    // The first is gone after some seconds, and looking took a while.
    await write(bob.page, "Hello?");
    await page.getByRole("button", { name: /Bob Lefèvre\s*Hello\?/ }).click();
    await row(page, "Are you there?").waitFor();
    await expect.poll(() => page.title()).toBe("Sceau");
    // An answer in a thread leads into it.
    await page.goto(`${server.origin}/#`);
    await openOnPhone(/^5 replies/);
    const onPhone = bob.page.getByRole("complementary", { name: "Thread" });
    await onPhone.getByRole("textbox", { name: "Reply in thread" }).fill("At noon.");
    await onPhone.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("button", { name: /Bob Lefèvre\s*At noon\./ }).click();
    const thread = page.getByRole("complementary", { name: "Thread" });
    await thread.locator("[data-message]", { hasText: "At noon." }).waitFor();
    await thread.getByRole("button", { name: "Close thread" }).click();
    await onPhone.getByRole("button", { name: "Close thread" }).click();

    await lookAway(page, true);
    await write(bob.page, "Nobody looks");
    await expect.poll(() => told(page)).toEqual(["Bob Lefèvre: Nobody looks"]);
    await page.getByRole("button", { name: "Notifications", exact: true }).click();
    await page.getByRole("menuitem", { name: "For 1 hour" }).click();
    await page.getByRole("button", { name: "Notifications are off here" }).waitFor();
    await write(bob.page, "This is muted");
    await row(page, "This is muted").waitFor();
    await page.getByRole("button", { name: "Notifications are off here" }).click();
    await expectAccessible(page);
    await page.getByRole("menuitem", { name: "Turn back on" }).click();
    await page.getByRole("button", { name: "Notifications", exact: true }).waitFor();
    await write(bob.page, "This is not");
    await expect.poll(() => told(page)).toEqual(["Bob Lefèvre: Nobody looks", "Bob Lefèvre: This is not"]);
    // Read, so that nothing is left to be told.
    await lookAway(page, false);
    await expect.poll(async () => (await recorded(page)).closed).toContain("This is not");
  });

  test("what a notification shows and quiet time are chosen in the settings", async () => {
    await alice.page.goto(`${server.origin}/#settings/notifications`);
    const settings = alice.page.getByRole("region", { name: "Notifications" });
    await settings.getByText("Your browser notifies you of new messages.").waitFor();
    await settings.getByText("Name only").click();
    await settings.getByLabel("Keep a quiet time").check();
    await settings.getByLabel("From", { exact: true }).waitFor();
    await expectAccessible(alice.page);
    await alice.page.reload();
    await expect.poll(() => settings.getByRole("radio", { name: "Name only" }).isChecked()).toBe(true);
    await expect.poll(() => settings.getByLabel("From", { exact: true }).inputValue()).toBe("22:00");
  });

  test("nothing to complain about: axe, console, content security policy", async () => {
    await expectAccessible(alice.page);
    await expectAccessible(bob.page);
    expect(alice.complaints).toEqual([]);
    expect(bob.complaints).toEqual([]);
  });
});
