import type { Page } from "playwright";
import { expect } from "vitest";
import { expectAccessible } from "./accessible.ts";

/** What stands in a section once it is there. */
const SECTIONS = [
  ["Overview", "heading", "Server"],
  ["People", "table", "People"],
  ["Registration", "button", "Invite"],
  ["Rooms", "table", "Rooms"],
  ["Moderation", "link", "Read and decide"],
  ["Journal", "table", "Journal"],
  ["Access rules", "button", "Add a rule"],
  ["Policies", "heading", "Rates"],
  ["Announcements", "button", "New announcement"],
] as const;

/** No other test looks at these with axe. */
const UNSEEN: readonly string[] = ["Policies", "Announcements"];

/** Each section by key from the list of them; in each, all that can be pressed or filled in is reached by Tab. */
export async function goThroughByKeys(page: Page): Promise<void> {
  const nav = page.getByRole("navigation", { name: "Administration" });
  for (const [section, role, name] of SECTIONS) {
    await nav.getByRole("link", { name: section, exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole(role, { name, exact: true }).first().waitFor();
    if (UNSEEN.includes(section)) await expectAccessible(page);
    expect({ section, missed: await missedByTab(page) }).toEqual({ section, missed: [] });
  }
}

/** Of radio buttons one stands for its group: arrow keys lead to the others. */
const PRESSABLE = `a[href], button:not(:disabled), input:not(:disabled, [type="radio"]:not(:checked)),
  select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]`;

async function missedByTab(page: Page): Promise<string[]> {
  const count = await page.evaluate((pressable) => {
    const all = [...document.querySelectorAll<HTMLElement>(pressable)];
    const seen = all.filter((one) => one.checkVisibility({ visibilityProperty: true }));
    for (const one of seen) one.dataset.reached = "no";
    (document.activeElement as HTMLElement | null)?.blur();
    getSelection()?.removeAllRanges();
    return seen.length;
  }, PRESSABLE);
  // Once around, wherever it begins; a date has a stop for each part of it.
  for (let pressed = 0, left = count; left > 0 && pressed < 2 * count; pressed++) {
    await page.keyboard.press("Tab");
    left = await page.evaluate(() => {
      const { dataset } = document.activeElement as HTMLElement;
      if (dataset.reached) dataset.reached = "yes";
      return document.querySelectorAll('[data-reached="no"]').length;
    });
  }
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-reached="no"]')].map(
      (one) => one.ariaLabel || one.textContent || one.outerHTML.slice(0, 120),
    ),
  );
}
