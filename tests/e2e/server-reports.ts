import type { Page } from "playwright";
import { expect } from "vitest";
import { type Device, freshTotpCode } from "../../server/testing/device.ts";
import { expectAccessible } from "./accessible.ts";
import { PASSWORD, type Person } from "./entrance.ts";

interface Steward {
  readonly page: Page;
  readonly person: Person;
}

/**
 * Carol shows something of Bob's, in the one room that she is in, to Alice, who runs the server.
 * @param bob at his list, before and after
 */
export async function actOnReport({ page, person }: Steward, bob: Page, carol: Device): Promise<void> {
  const [hall] = carol.messenger.getState().conversations ?? [];
  if (!hall) throw new Error("no hall");
  await bob.getByRole("link", { name: /Great hall/ }).click();
  await bob.getByRole("textbox", { name: /^Message to / }).fill("Cheap rings");
  await bob.getByRole("button", { name: "Send", exact: true }).click();
  await carol.messenger.openConversation(hall.id);
  const rings = () =>
    carol.messenger
      .getState()
      .timelines.get(hall.id)
      ?.messages.find(({ body }) => body.kind === "text" && body.text === "Cheap rings");
  await carol.until(() => rings() !== undefined, "what Bob wrote");
  await (await carol.messenger.reports()).send({
    ...{ conversation: hall.id, seq: rings()?.seq ?? 0, audience: "administrators" },
    ...{ reason: "spam", note: "", around: false },
  });

  await page.getByText("1 report waits for you").waitFor();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  const card = page.getByRole("article", { name: /Carol Test.* reported this/ });
  await card.getByText(/^Signed by .*Bob Lefèvre/).waitFor();
  await card.getByRole("button", { name: "Warn, mute or keep out…" }).focus();
  await page.keyboard.press("Enter");
  // To warn is what is chosen, and a warning has words.
  const words = card.getByLabel("What you say to them");
  await words.focus();
  await page.keyboard.press("Enter");
  await card.getByText("Write what you want to say to them.").waitFor();
  await expectAccessible(page);
  await card.getByRole("radio", { name: /^Warn/ }).focus();
  await page.keyboard.press("ArrowDown");
  expect(await card.getByRole("radio", { name: /^Mute/ }).isChecked()).toBe(true);
  await card.getByLabel("Reason (optional)").fill("A day off.");
  expect(await card.getByLabel("For how long").locator("option").allInnerTexts()).toEqual([
    "A day",
    "A week",
    "30 days",
  ]);
  await card.getByLabel("Delete the message from this server").check();
  await expectAccessible(page);
  await card.getByRole("button", { name: "Mute", exact: true }).click();
  const proof = page.getByRole("dialog", { name: "Confirm that it is you" });
  await proof.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await proof.getByLabel("Code from your authenticator app").fill(await freshTotpCode(person.totpSecret));
  await card.getByText(/Alice Martin dealt with it,.* · Muted · Message deleted$/).waitFor();
  await expectAccessible(page);

  await bob.getByText("A word from those who run this server").waitFor();
  await bob.getByText("A day off.", { exact: true }).waitFor();
  await expectAccessible(bob);
  await bob.getByRole("button", { name: "I have read it" }).click();
  await bob.getByText("A day off.", { exact: true }).waitFor({ state: "detached" });
  const lifted = await page.evaluate(async (name) => {
    const headers = { "content-type": "application/json" };
    const { rows } = await (await fetch(`/api/admin/people?q=${name}`)).json();
    const path = `/api/admin/people/${rows[0].id}/restraint`;
    return (await fetch(path, { method: "DELETE", headers, body: "{}" })).status;
  }, "bob");
  expect(lifted).toBe(204);
  await page.getByRole("button", { name: "Back to conversations" }).first().click();
  await bob.getByRole("button", { name: "Back to conversations" }).click();
}
