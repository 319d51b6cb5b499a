import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConversationId, MessageId } from "../../lib/base/ids.ts";
import { decodePage } from "../../lib/protocol/frames.ts";
import { putForward } from "../../server/testing/clock.ts";
import { type Device, registerDevice } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { writeHistory } from "../delivery/long-history.ts";
import { databaseFiles, withDatabase } from "../security/support/data-folder.ts";
import { expectAccessible } from "./accessible.ts";
import { DESKTOP, launch, newProfile, PHONE } from "./browser.ts";
import { readDisk } from "./disk.ts";
import { type Person, register, signIn } from "./entrance.ts";

const MESSAGES = 220;
const HOUR_MS = 3_600_000;
const SECRET = "Réunion à l’école, salle Kandinsky";

let server: ServerProcess;
let browser: Browser;
let page: Page;
let person: Person;
let complaints: string[];
let bob: Device;
let conversation: ConversationId;
/** The last bytes of messages that have disappeared, and of those after them. */
let gone: Buffer[];
let living: Buffer[];

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  // An administrator's session would not live through the hour.
  (await registerDevice(server, "root")).close();
  ({ page, complaints } = await newProfile(browser));
  person = await register(page, `${server.origin}/register`, { name: "alice", displayName: "Alice Martin" });
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
/** What Bob said, as soon as he knows that it is stored: the page may hear of it before. */
async function ref(text: string) {
  const messages = () => bob.messenger.getState().timelines.get(conversation)?.messages ?? [];
  const find = () => messages().find(({ body }) => body.kind === "text" && body.text === text);
  await expect.poll(() => find()?.seq ?? null).not.toBeNull();
  return find() as { id: MessageId; seq: number };
}

/** The last bytes of each of the newest messages, as the server hands them out. */
async function ciphertexts(): Promise<Buffer[]> {
  const response = await bob.platform.fetch(`/api/conversations/${conversation}/messages?before=1000`);
  const stored = decodePage(new Uint8Array(await response.arrayBuffer()));
  return stored.map(({ envelope }) => Buffer.from(envelope.slice(-64)));
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
    const { id, seq } = await ref("the quagga is extinct");
    const target = { id, seq };
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
    await expect.poll(() => readDisk(page), { timeout: 60_000 }).toMatch(/searchBlock=[1-9]/);
    const disk = await readDisk(page);
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

  test("what has disappeared is in no browser's storage, and does not come back into a new one", async () => {
    await bob.messenger.setRetention(conversation, HOUR_MS / 1000);
    await bob.say(conversation, "a heron by the river");
    await page.goto(`${server.origin}/#c=${conversation}&find`);
    await timeline().getByText("a heron by the river").waitFor();
    await field().fill("heron");
    await hits().first().waitFor();
    await expect.poll(() => readDisk(page)).toMatch(/searchBlock=[1-9]/);
    gone = await ciphertexts();
    expect(gone.length).toBeGreaterThan(0);

    bob.wire.clockAhead += 2 * HOUR_MS;
    await putForward(2 * HOUR_MS);
    await page.reload();
    await page.getByText("Only you and Bob Test can read this.").waitFor();
    await expect.poll(() => readDisk(page)).toMatch(/searchBlock=0/);
    const second = await newProfile(browser);
    await signIn(second.page, server.origin, person);
    await second.page.getByRole("textbox", { name: "Recovery code" }).fill(person.recoveryCode);
    await second.page.getByRole("button", { name: "Unlock" }).click();
    await second.page.getByRole("link", { name: /Bob Test/ }).click();
    await bob.say(conversation, "a newt in the pond");
    for (const one of [page, second.page]) {
      await one
        .getByLabel(/^Messages with /)
        .getByText("a newt in the pond")
        .waitFor();
      expect(await one.getByText("heron").count()).toBe(0);
      expect(await readDisk(one)).not.toMatch(/heron|newt|Kandinsky|message number/);
    }
    // The server deletes at its own pace.
    await expect.poll(async () => (await ciphertexts()).length, { timeout: 90_000 }).toBe(1);
    living = await ciphertexts();
    await second.context.close();
    await page.goto(`${server.origin}/#c=${conversation}`);
  });

  test("a browser that is told to forget keeps nothing of it", async () => {
    await page.getByRole("button", { name: /Account of/ }).click();
    await page.getByRole("menuitem", { name: /forget this browser/ }).click();
    await page.getByRole("button", { name: "Sign out and forget" }).click();
    // Without a trace of the conversation that was open.
    await page.waitForURL(`${server.origin}/login`);
    const disk = await readDisk(page);
    expect(disk).toMatch(/searchBlock=0/);
    expect(disk).toMatch(/searchOutline=0/);
  });

  test("what has disappeared is not in the files of the database either", async () => {
    await server.kill("SIGTERM");
    // Started once more without the server, so that the tables are written out.
    await withDatabase(server.dataFolder, async () => {});
    const files = databaseFiles(server.dataFolder).filter(({ path }) => path.endsWith(".ibd"));
    const holding = (bytes: Buffer) => files.filter((file) => file.bytes.includes(bytes)).length;
    expect(living.map(holding)).toEqual([1]);
    expect(gone.map(holding)).toEqual(gone.map(() => 0));
  });
});
