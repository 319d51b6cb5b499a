import type { Page } from "playwright";
import { expect } from "vitest";
import { expectAccessible } from "./accessible.ts";

/** On a person's page, by whoever may: far down, and the page stays where it is. */
export async function allowAppPasswords(page: Page): Promise<void> {
  await page.getByText("May use app passwords").click();
  await expect.poll(() => page.getByLabel("May use app passwords").isChecked()).toBe(true);
  expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0);
}

/** What is done to all who are selected, in the list. */
export async function actOnAll(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: "Select bob Test" }).check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const removal = page.getByRole("dialog", { name: "Delete 1 account" });
  await removal.getByLabel("Type 1 to delete them").fill("2");
  await removal.getByRole("button", { name: "Delete 1 account" }).click();
  await removal.getByText("Type 1, how many there are.").waitFor();
  await expectAccessible(page);
  await removal.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Change role" }).click();
  const role = page.getByRole("dialog", { name: "Change role" });
  await role.getByLabel("Role").selectOption("Moderator");
  await role.getByRole("button", { name: "Change role" }).click();
  await page.getByText("Done for 1 person.").waitFor();
}
