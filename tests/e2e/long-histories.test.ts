import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConversationId } from "../../lib/base/ids.ts";
import { type Device, registerDevice } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { writeHistory } from "../delivery/long-history.ts";
import { launch, newProfile } from "./browser.ts";
import { register } from "./entrance.ts";

const MESSAGES = 600;
/** More than are loaded at first, by more than one reaches page by page. */
const UNREAD = 400;
/** Whatever is loaded: rows around what is seen, and the page around them. */
const MOST_NODES = 1_500;

let server: ServerProcess;
let browser: Browser;
let page: Page;
let complaints: string[];
let bob: Device;
let conversation: ConversationId;

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  const profile = await newProfile(browser);
  page = profile.page;
  complaints = profile.complaints;
  await register(page, `${server.origin}/register#token=${server.firstRunToken}`, {
    name: "alice",
    displayName: "Alice Martin",
  });
  bob = await registerDevice({ ...server, firstRunToken: null }, "bob");
  const [alice] = await bob.messenger.findPeople("alice");
  if (!alice) throw new Error("Alice is not found");
  conversation = await bob.messenger.startDirect(alice);
  const texts = Array.from({ length: MESSAGES }, (_, i) => {
    // Of many heights, none of which is known before it is drawn.
    const more = "More of what one has to say about it. ".repeat((i * 7) % 11);
    return {
      type: "text",
      text: i % 9 === 0 ? `**number ${i + 1}.**\n\n${more}` : `number ${i + 1}. ${more}`,
    } as const;
  });
  // A page that is open while the server is away complains, and waits ever longer between its tries to reach it.
  await page.goto("about:blank");
  server = await writeHistory(server, bob, conversation, texts, UNREAD);
  await page.goto(`${server.origin}/#c=${conversation}`);
}, 180_000);

afterAll(async () => {
  bob?.close();
  await browser?.close();
  await server?.dispose();
});

const timeline = () => page.getByLabel(/^Messages with /);
const row = (number: number) => timeline().getByText(new RegExp(`^number ${number}\\.`));
const top = async (number: number) => (await row(number).boundingBox())?.y ?? Number.NaN;
const nodes = () => page.evaluate(() => document.querySelectorAll("*").length);

/** The number of the first message that is wholly seen. */
const firstSeen = () =>
  timeline().evaluate((pane) => {
    const edge = pane.getBoundingClientRect().top;
    const seen = [...pane.querySelectorAll("li")].find(
      (item) => /number \d+\./.test(item.textContent ?? "") && item.getBoundingClientRect().top >= edge,
    );
    return Number(/number (\d+)\./.exec(seen?.textContent ?? "")?.[1]);
  });

async function scrollUp(pixels: number): Promise<void> {
  await timeline().hover();
  await page.mouse.wheel(0, -pixels);
}

/** Until nothing moves any more between two frames. */
const settled = () =>
  timeline().evaluate(
    (pane) =>
      new Promise<void>((resolve) => {
        let before = -1;
        let still = 0;
        const look = () => {
          still = pane.scrollTop === before ? still + 1 : 0;
          before = pane.scrollTop;
          if (still > 10) resolve();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );

/** From now on: by how many pixels a message has moved in any frame. */
async function watch(number: number): Promise<() => Promise<number>> {
  const handle = await row(number).evaluateHandle((element) => {
    const began = element.getBoundingClientRect().top;
    const seen = { most: 0 };
    let before = 0;
    const look = () => {
      // What a frame begins with may still be put right before it is drawn: what is seen is there in the next one too.
      const moved = Math.abs(element.getBoundingClientRect().top - began);
      seen.most = Math.max(seen.most, Math.min(before, moved));
      before = moved;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return seen;
  });
  return () => handle.evaluate(({ most }) => most);
}

/** What the arrow that leads down counts; 0 while it is not there. */
async function missed(): Promise<number> {
  const texts = await page.getByRole("button", { name: /\d new message/ }).allInnerTexts();
  return Number(/(\d+) new/.exec(texts.join())?.[1] ?? 0);
}

describe("a long conversation", () => {
  test("opens at the first unread message, again after a reload, and counts those below", async () => {
    const first = MESSAGES - UNREAD + 1;
    for (const _ of ["a start", "a reload in the middle"]) {
      await row(first).waitFor();
      await settled();
      const pane = (await timeline().boundingBox())?.y ?? 0;
      const line = (await timeline().getByText("Unread", { exact: true }).boundingBox())?.y ?? 0;
      expect(line).toBeGreaterThan(pane);
      expect(await top(first)).toBeGreaterThan(line);
      expect(await top(first)).toBeLessThan(pane + 300);
      await expect.poll(missed).toBeGreaterThan(UNREAD - 40);
      const before = await missed();
      await scrollUp(-2_000);
      await expect.poll(missed).toBeLessThan(before - 5);
      await settled();
      await page.reload();
    }
    await page.getByRole("button", { name: /Jump to newest/ }).click();
    await row(MESSAGES).waitFor();
    const read = () => [...bob.messenger.positions(conversation).values()].map((seen) => seen.read);
    await expect.poll(read).toEqual([MESSAGES]);
    await page.reload();
    await row(MESSAGES).waitFor();
  });

  test("opens at its newest message with few elements", async () => {
    expect(await nodes()).toBeLessThan(MOST_NODES);
    const end = await timeline().evaluate((pane) => pane.scrollHeight - pane.scrollTop - pane.clientHeight);
    expect(Math.abs(end)).toBeLessThan(2);
  });

  test("is scrolled up through, each message after the other, and never grows", async () => {
    let lowest = await firstSeen();
    while (lowest > MESSAGES - 250) {
      await scrollUp(1_500);
      await expect.poll(firstSeen).toBeLessThan(lowest);
      await settled();
      const now = await firstSeen();
      // 1500 pixels hold no more rows than that: none was jumped over.
      expect(lowest - now).toBeLessThan(45);
      lowest = now;
      expect(await nodes()).toBeLessThan(MOST_NODES);
    }
  });

  test("holds still while older pages arrive above", async () => {
    const height = await timeline().evaluate((pane) => pane.scrollHeight);
    await timeline().evaluate(async (pane) => {
      pane.scrollTop = 0;
      // The rows of the place just left are still there until the next frame is drawn.
      for (const _ of ["begun", "drawn"]) await new Promise(requestAnimationFrame);
    });
    const moves = await watch(await firstSeen());
    await expect.poll(() => timeline().evaluate((pane) => pane.scrollHeight)).toBeGreaterThan(height + 1_000);
    await settled();
    expect(await moves()).toBeLessThan(2);
  });

  test("holds still when a row above changes its height, and when somebody writes", async () => {
    await timeline().evaluate((pane) => pane.scrollBy(0, 700));
    await settled();
    const seen = await firstSeen();
    const before = await top(seen);
    await timeline().evaluate((pane) => {
      const first = pane.querySelector("li");
      if (first) first.style.minHeight = "400px";
    });
    await bob.say(conversation, "number 5000. while you read");
    await page.getByRole("button", { name: "1 new message" }).waitFor();
    await settled();
    expect(Math.abs((await top(seen)) - before)).toBeLessThan(2);
  });

  test("is found again where it was left", async () => {
    const seen = await firstSeen();
    const before = await top(seen);
    await page.goto(`${server.origin}/#`);
    await timeline().waitFor({ state: "detached" });
    await page.goto(`${server.origin}/#c=${conversation}`);
    await row(seen).waitFor();
    await settled();
    expect(Math.abs((await top(seen)) - before)).toBeLessThan(2);
  });

  test("goes to the newest at one press, and stays there", async () => {
    await page.getByRole("button", { name: /Jump to newest/ }).click();
    await row(5_000).waitFor();
    await bob.say(conversation, "number 5001. at the end");
    await row(5_001).waitFor();
    await settled();
    const end = await timeline().evaluate((pane) => pane.scrollHeight - pane.scrollTop - pane.clientHeight);
    expect(Math.abs(end)).toBeLessThan(2);
  });

  test("leads to a message far back, each time somebody is sent there, and on from it", async () => {
    await page.goto(`${server.origin}/#c=${conversation}&m=100`);
    await row(100).waitFor();
    await settled();
    const there = await top(100);
    const pane = await timeline().boundingBox();
    expect(there).toBeGreaterThan(pane?.y ?? 0);
    expect(there).toBeLessThan((pane?.y ?? 0) + (pane?.height ?? 0));
    expect(await nodes()).toBeLessThan(MOST_NODES);
    const moves = await watch(100);
    await bob.say(conversation, "number 5002. while you are far away");
    await page.getByRole("link", { name: /number 5002/ }).waitFor();
    await settled();
    expect(await moves()).toBeLessThan(2);

    await page.goto(`${server.origin}/#c=${conversation}&m=300`);
    await row(300).waitFor();
    await page.getByRole("button", { name: "Jump to newest" }).click();
    await row(5_002).waitFor();
    expect(complaints).toEqual([]);
  });
});
