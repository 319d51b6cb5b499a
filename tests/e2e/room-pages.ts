import type { Locator, Page } from "playwright";
import { expect } from "vitest";

/** What one does in a room's pages, at a desk or on a phone. */

export const timeline = (page: Page) => page.getByLabel(/^Messages in /);
export const details = (page: Page) => page.getByRole("complementary");
export const dialog = (page: Page) => page.getByRole("dialog");
export const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

export async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: /^Message to / }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

export async function chooseNew(page: Page, item: string): Promise<void> {
  await press(page, "New room, browse rooms");
  await page.getByRole("menuitem", { name: item }).click();
  await dialog(page).waitFor();
}

export async function makeRoom(page: Page, name: string, kind: "Private" | "Public"): Promise<void> {
  await chooseNew(page, "New room");
  await dialog(page).getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await dialog(page).getByText(kind, { exact: true }).click();
}

export async function create(page: Page, name: string): Promise<void> {
  await press(page, "Create room");
  await page.getByRole("heading", { name }).first().waitFor();
  await dialog(page).waitFor({ state: "detached" });
}

/** A finger that stays on a message, again until it is heard: what hears it comes once the page is quiet. */
export async function holdAndChoose(page: Page, row: Locator, action: string): Promise<void> {
  const choice = dialog(page).getByRole("button", { name: action, exact: true });
  const hold = async () => {
    if ((await choice.count()) > 0) return true;
    await row.dispatchEvent("pointerdown", { pointerType: "touch", isPrimary: true });
    await choice.waitFor({ timeout: 3_000 }).catch(() => {});
    return false;
  };
  await expect.poll(hold).toBe(true);
  await choice.click();
}

export async function toList(page: Page): Promise<void> {
  await press(page, "Back to conversations");
}
