import { readFile } from "node:fs/promises";
import type { Page } from "playwright";
import { expect } from "vitest";
import type { Device } from "../../server/testing/device.ts";
import { expectAccessible } from "./accessible.ts";

const MEGABYTES = 5_000_000;
const PDF = Buffer.alloc(MEGABYTES, "not really a PDF ");
const NAME = "Quarterly report, the really final one.pdf";

interface Present {
  readonly page: Page;
}

const message = (page: Page, text: string) =>
  page.locator("li[data-message]").filter({ hasText: text }).last();
const uploads = (page: Page) => page.getByRole("list", { name: "Files on their way" });

/** Pasted, as a picture of the screen is: half of it red. */
async function pastePicture(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: /^Message to / }).evaluate(async (field) => {
    const canvas = new OffscreenCanvas(1200, 800);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    context.fillStyle = "#f00";
    context.fillRect(0, 0, 600, 800);
    const blob = await canvas.convertToBlob({ type: "image/png" });
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([blob], "shot.png", { type: "image/png" }));
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
}

/** Holds uploads up after the first piece of each file, until it is called. */
async function holdUp(page: Page): Promise<() => Promise<void>> {
  const later = /\/files\/[\w-]+\?offset=[1-9]/;
  await page.context().route(later, (route) => route.abort());
  return () => page.context().unroute(later);
}

/** One sends a picture and a large file, and is cut off and reloads meanwhile; the other sees, saves and finds them. */
export async function sendFiles(alice: Present, bob: Present): Promise<void> {
  await pastePicture(alice.page);
  await alice.page.getByRole("list", { name: "Attached files" }).locator("img").waitFor();
  await alice.page
    .locator('input[type="file"]')
    .first()
    .setInputFiles([{ name: NAME, mimeType: "application/pdf", buffer: PDF }]);
  await expectAccessible(alice.page);
  await alice.page.getByRole("textbox", { name: /^Message to / }).fill("See the report");
  const letGo = await holdUp(alice.page);
  await alice.page.getByRole("button", { name: "Send", exact: true }).click();
  await expect
    .poll(() => uploads(alice.page).getByRole("progressbar").getAttribute("aria-valuenow"))
    .toMatch(/^[1-9]/);
  await alice.page.context().setOffline(true);
  await uploads(alice.page)
    .getByText(/^Paused while offline/)
    .waitFor();
  await expectAccessible(alice.page);
  await alice.page.context().setOffline(false);
  await alice.page.reload();
  await uploads(alice.page)
    .getByText(/^Sending/)
    .waitFor();
  await letGo();
  await message(alice.page, "See the report").waitFor();
  await uploads(alice.page).waitFor({ state: "detached" });

  const received = message(bob.page, "See the report");
  const picture = received.getByRole("button", { name: "View the picture shot.png" });
  await picture.locator("img").waitFor();
  await picture.click();
  const viewer = bob.page.getByRole("dialog", { name: "shot.png" });
  const image = viewer.getByRole("img", { name: "Picture: shot.png" });
  // The whole picture, no longer its preview.
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1200);
  await expectAccessible(bob.page);
  await bob.page.keyboard.press("Escape");
  await viewer.waitFor({ state: "detached" });

  // As in a browser that cannot write where one chooses.
  await bob.page.evaluate(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
  const [download] = await Promise.all([
    bob.page.waitForEvent("download"),
    received.getByRole("button", { name: `Save ${NAME}` }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(NAME);
  expect((await readFile(await download.path())).equals(PDF)).toBe(true);
  await received.getByText("Saved").waitFor();
}

/** To somebody else, for whom they are sealed anew. @returns opens them there, and checks them */
export async function forwardFiles({ page }: Present, carol: Device): Promise<() => Promise<void>> {
  const [found] = await carol.messenger.findPeople("alice");
  if (!found) throw new Error("nobody is called so");
  const conversation = await carol.messenger.startDirect(found);
  await carol.messenger.openConversation(conversation);
  await message(page, "See the report").focus();
  await message(page, "See the report").press("Shift+F10");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Forward" }).click();
  await dialog.getByRole("checkbox", { name: /Carol/ }).check();
  await dialog.getByRole("button", { name: "Forward" }).click();
  await message(page, "See the report")
    .getByText(/Forwarded/)
    .waitFor();
  await page.getByRole("link", { name: /Bob Lefèvre/ }).click();
  await page.getByRole("textbox", { name: "Message to Bob Lefèvre" }).waitFor();
  return async () => {
    await carol.until(({ timelines }) => timelines.get(conversation)?.messages.length === 1, "the files");
    const [received] = carol.messenger.getState().timelines.get(conversation)?.messages ?? [];
    if (received?.body.kind !== "text") throw new Error("no message");
    expect(received.body).toMatchObject({ forwarded: true, files: [{ name: "shot.png" }, { name: NAME }] });
    const files = await carol.messenger.files();
    const place = { conversation, sender: received.sender };
    const parts: Uint8Array[] = [];
    for (const file of received.body.files)
      for await (const part of files.open(place, file)) if (file.name === NAME) parts.push(part);
    expect(Buffer.concat(parts).equals(PDF)).toBe(true);
  };
}

/** By the list of them, and by the filter, with nothing typed; a press leads there. */
export async function findFiles({ page }: Present): Promise<void> {
  await page.getByRole("button", { name: "Search in this conversation" }).click();
  const pane = page.getByRole("search", { name: "Search" });
  await pane.getByRole("link", { name: "All files of this conversation" }).click();
  const list = page.getByRole("list", { name: "Files", exact: true });
  await list.getByRole("link", { name: /shot\.png/ }).waitFor();
  expect(await list.getByRole("listitem").count()).toBe(2);
  await list.getByRole("button", { name: `Save ${NAME}` }).waitFor();
  await expectAccessible(page);
  await list.getByRole("link", { name: new RegExp(NAME) }).click();
  await message(page, "See the report").waitFor();
  await page.getByRole("button", { name: "Close the list of files" }).locator("visible=true").click();
  await page.getByRole("button", { name: "Search in this conversation" }).click();
  await pane.getByRole("button", { name: "More filters" }).click();
  await pane.getByRole("checkbox", { name: "With a file" }).check();
  const hit = pane.getByRole("link", { name: /See the report/ });
  await hit.waitFor();
  await pane.getByRole("searchbox").fill("quarterly really");
  await hit.click();
  await message(page, "See the report").waitFor();
  await pane.getByRole("button", { name: "Close search" }).locator("visible=true").click();
}

/** With its files: nobody can save them any more. */
export async function deleteFiles(alice: Present, bob: Present): Promise<void> {
  const paths = await bob.page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => /\/files\/[\w-]+$/.test(path)),
  );
  expect(paths.length).toBeGreaterThan(0);
  await message(alice.page, "See the report").focus();
  await message(alice.page, "See the report").press("Shift+F10");
  const dialog = alice.page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await dialog.getByRole("heading", { name: "Delete this message?" }).waitFor();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await message(bob.page, "See the report").waitFor({ state: "detached" });
  const statuses = () =>
    bob.page.evaluate(
      (all) => Promise.all(all.map(async (path) => (await fetch(path)).status)),
      [...new Set(paths)],
    );
  await expect.poll(async () => [...new Set(await statuses())]).toEqual([404]);
}
