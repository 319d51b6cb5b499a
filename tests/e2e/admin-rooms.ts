import type { Page } from "playwright";
import { expect } from "vitest";
import { expectAccessible } from "./accessible.ts";

/** By an administrator who is in none of them: "Garden" of one member, and a private one. */
export async function lookAtRooms(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Rooms", exact: true }).click();
  await page.getByRole("link", { name: /^Private room [\w-]{6}$/ }).waitFor();
  await expectAccessible(page);
  await page.getByLabel("Search").fill("gar");
  await page.getByRole("link", { name: "Garden" }).click();
  await page.getByText(/^Its signed records do not lead/).waitFor();
  await page.getByRole("link", { name: "bob Test" }).waitFor();
  await expectAccessible(page);
  await closeRoom(page);
  await archiveRoom(page);
  const remove = page.getByRole("button", { name: "Delete the room" });
  await page.getByLabel("Type 1, how many").fill("2");
  await remove.click();
  await page.getByText("Type 1, how many members it has.").waitFor();
  await page.getByLabel("Type 1, how many").fill("1");
  await remove.click();
  await page.getByLabel("Search").fill("gar");
  await page.getByText("No room matches.").waitFor();
  await page.getByLabel("Show", { exact: true }).selectOption("All rooms");
  await page.getByRole("link", { name: /^Private room/ }).waitFor();
  expect(await page.getByRole("link", { name: "Garden" }).count()).toBe(0);
}

/** And opens it again. */
async function archiveRoom(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Archive the room" }).click();
  await page.getByText("The room is archived. It can be read").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Reopen the room" }).click();
  await page.getByRole("button", { name: "Archive the room" }).waitFor();
  expect(await page.getByText("The room is archived. It can be read").count()).toBe(0);
}

/** From the page of a room and back: a rule for it, tried and not set. */
async function closeRoom(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Access rules for this room" }).click();
  const dialog = page.getByRole("dialog", { name: "New rule" });
  await dialog.getByText(/^Public · 1 member · created .* · owned by bob Test · id /).waitFor();
  await dialog.getByRole("searchbox", { name: "Room" }).fill("nowhere");
  await dialog.getByText("No room matches.").waitFor();
  await dialog.getByLabel("Whom").selectOption("everybody");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByText("Keep out of the room Garden: everybody").waitFor();
  await page.getByRole("button", { name: "Who would be locked out now?" }).click();
  await page.getByText(/would lose the room Garden|^Nobody who is signed in would be locked out/).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Discard the changes" }).click();
  await page.goBack();
  await page.getByText(/^Its signed records do not lead/).waitFor();
}

/** By an auditor on a phone, in French: rooms, what was reported, figures. */
export async function readSections(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Toutes les rubriques" }).click();
  await page.getByRole("link", { name: "Salons" }).click();
  await page.getByRole("link", { name: /^Salon privé/ }).click();
  await page.getByRole("heading", { name: "Ce que sait le serveur", exact: true }).waitFor();
  expect(await page.getByRole("button", { name: "Supprimer le salon" }).count()).toBe(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Toutes les rubriques" }).click();
  await page.getByRole("link", { name: "Modération" }).click();
  await page.getByText(/^Tous les signalements .* sont traités\.$/).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Toutes les rubriques" }).click();
  await page.getByRole("link", { name: "Vue d’ensemble" }).click();
  await page.getByRole("heading", { name: "Personnes", exact: true }).waitFor();
  await expectAccessible(page);
}
