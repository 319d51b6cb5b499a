import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConversationId } from "../../lib/base/ids.ts";
import { type Device, registerDevice } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { writeHistory } from "../delivery/long-history.ts";
import { expectAccessible } from "./accessible.ts";
import { DESKTOP, launch, newProfile, PHONE } from "./browser.ts";
import { register } from "./entrance.ts";

const MESSAGES = 220;
const SECRET = "Réunion à l’école, salle Kandinsky";

let server: ServerProcess;
let browser: Browser;
let page: Page;
let complaints: string[];
let bob: Device;
let conversation: ConversationId;

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  ({ page, complaints } = await newProfile(browser));
  await register(page, `${server.origin}/register#token=${server.firstRunToken}`, {
    name: "alice",
    displayName: "Alice Martin",
  });
  bob = await registerDevice({ ...server, firstRunToken: null }, "bob");
  const [alice] = await bob.messenger.findPeople("alice");
  if (!alice) throw new Error("Alice is not found");
  conversation = await bob.messenger.startDirect(alice);
  const texts = Array.from({ length: MESSAGES }, (_, i) => `message number ${i + 1}.`);
  texts[2] = SECRET;
  texts[4] = "see https://example.org/plans";
  server = await writeHistory(
    server,
    bob,
    conversation,
    texts.map((text) => ({ type: "text", text })),
  );
  await bob.messenger.openConversation(conversation);
  await page.goto(`${server.origin}/`);
  await page.getByRole("link", { name: /Bob Test/ }).waitFor();
}, 180_000);

afterAll(async () => {
  bob?.close();
  await browser?.close();
  await server?.dispose();
});

const pane = () => page.getByRole("search", { name: "Search" });
const field = () => pane().getByRole("searchbox");
const hits = () => pane().locator("a[data-hit]");
const timeline = () => page.getByLabel(/^Messages with /);
const ref = (text: string) => {
  const messages = bob.messenger.getState().timelines.get(conversation)?.messages ?? [];
  const message = messages.find(({ body }) => body.kind === "text" && body.text === text);
  if (!message?.seq) throw new Error(`nobody said ${text}`);
  return { id: message.id, seq: message.seq };
};

/** Everything that IndexedDB holds, whatever it is, as text of one and of two bytes a character. */
function readDisk(): Promise<string> {
  return page.evaluate(async () => {
    const opened = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open("sceau");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const all = (store: string) =>
      new Promise<unknown[]>((resolve) => {
        const request = opened.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
      });
    const pieces: string[] = [];
    const take = (value: unknown): void => {
      if (value instanceof Uint8Array) {
        pieces.push(new TextDecoder("latin1").decode(value), new TextDecoder("utf-16").decode(value));
        pieces.push(new TextDecoder("utf-8").decode(value));
      } else if (typeof value === "object" && value !== null) Object.values(value).forEach(take);
      else pieces.push(String(value));
    };
    for (const store of opened.objectStoreNames) take(await all(store));
    const sizes = await Promise.all(
      [...opened.objectStoreNames].map(async (store) => `${store}=${(await all(store)).length}`),
    );
    opened.close();
    return [...sizes, ...pieces].join("\n");
  });
}

describe("searching in a real browser", () => {
  test("finds by part of a word, whatever its accents, and jumps there by keyboard", async () => {
    await page.keyboard.press("Control+Shift+F");
    await field().fill("reuni ecole");
    await hits().first().waitFor();
    expect(await hits().count()).toBe(1);
    expect(await hits().locator("mark").allInnerTexts()).toEqual(["Réuni", "école"]);
    await expectAccessible(page);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await timeline().getByText(SECRET).waitFor();
    expect(page.url()).toContain(`#c=${conversation}&find&m=3`);
    expect(await pane().isVisible()).toBe(true);
  });

  test("looks in one conversation from its header, and filters", async () => {
    await field().press("Escape");
    await pane().waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Search in this conversation" }).click();
    await pane().getByRole("button", { name: "More filters" }).click();
    await pane().getByRole("checkbox", { name: "With a link" }).check();
    await hits().getByText("see https://example.org/plans").waitFor();
    expect(await hits().count()).toBe(1);
    await expectAccessible(page);
    await pane().getByLabel("Written by").selectOption({ label: "Alice Martin" });
    await pane().getByText("Nothing found").waitFor();
    await pane().getByLabel("Written by").selectOption({ label: "Bob Test" });
    await hits().first().waitFor();
    await pane().getByLabel("Until").fill("2020-01-01");
    await pane().getByText("Nothing found").waitFor();
    await pane().getByRole("button", { name: "Close search" }).locator("visible=true").click();
  });

  test("an edit and a deletion change what is found", async () => {
    await bob.say(conversation, "the quagga is extinct");
    await page.keyboard.press("Control+Shift+F");
    await field().fill("quag");
    await hits().first().waitFor();
    const target = ref("the quagga is extinct");
    await bob.messenger.send(conversation, { type: "edit", target, text: "the dodo is extinct" });
    await pane().getByText("Nothing found").waitFor();
    await field().fill("dodo");
    await hits().first().waitFor();
    await bob.messenger.send(conversation, { type: "delete", target });
    await pane().getByText("Nothing found").waitFor();
  });

  test("nothing of it can be read from the disk", async () => {
    await pane()
      .getByText(/^Searched/)
      .waitFor({ state: "detached" });
    await expect.poll(readDisk, { timeout: 60_000 }).toMatch(/searchBlock=[1-9]/);
    const disk = await readDisk();
    expect(disk).toMatch(/searchOutline=1/);
    expect(disk).not.toMatch(/Kandinsky|kandinsky|message number|example\.org|dodo|quagga/);
  });

  test("a reload keeps the index", async () => {
    await page.route("**/api/conversations/*/messages?**", (route) => route.abort());
    await page.goto(`${server.origin}/#find`);
    await page.reload();
    await field().fill("KANDINSKY");
    await hits().first().waitFor();
    await page.unroute("**/api/conversations/*/messages?**");
  });

  test("on a phone it has the page to itself, and the way back leads to what was found", async () => {
    await page.setViewportSize(PHONE);
    expect(await timeline().isVisible()).toBe(false);
    await expectAccessible(page);
    await hits().first().click();
    await timeline().getByText(SECRET).waitFor();
    await pane().waitFor({ state: "hidden" });
    await page.goBack();
    await hits().first().waitFor();
    expect(await field().inputValue()).toBe("KANDINSKY");
    await page.setViewportSize(DESKTOP);
    expect(complaints.filter((text) => !/ERR_/.test(text))).toEqual([]);
  });

  test("a browser that is told to forget keeps nothing of it", async () => {
    await page.getByRole("button", { name: /Account of/ }).click();
    await page.getByRole("menuitem", { name: /forget this browser/ }).click();
    await page.getByRole("button", { name: "Sign out and forget" }).click();
    await page.waitForURL("**/login");
    const disk = await readDisk();
    expect(disk).toMatch(/searchBlock=0/);
    expect(disk).toMatch(/searchOutline=0/);
  });
});
