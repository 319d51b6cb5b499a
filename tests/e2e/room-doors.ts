import type { Page } from "playwright";
import { expect } from "vitest";
import { expectAccessible } from "./accessible.ts";
import { create, details, dialog, makeRoom, press, timeline, write } from "./room-pages.ts";

/** Alice makes a room and a link that leads into it, where she stays. */
async function makeLink(alice: Page, room: string): Promise<string> {
  await makeRoom(alice, room, "Private");
  await create(alice, room);
  await press(alice, "About this room");
  await details(alice).getByRole("button", { name: "Invite by link" }).click();
  await press(alice, "Make a link");
  return details(alice)
    .getByText(/#join=/)
    .innerText();
}

export async function enterByLink(alice: Page, bob: Page): Promise<void> {
  const link = await makeLink(alice, "Secret garden");
  await expectAccessible(alice);
  await bob.goto(link);
  await dialog(bob).getByRole("button", { name: "Ask to come in" }).waitFor();
  await expectAccessible(bob);
  await press(bob, "Ask to come in");
  await bob.getByRole("heading", { name: "Secret garden" }).first().waitFor({ timeout: 30_000 });
  await write(bob, "What a garden");
  await timeline(alice).getByText("What a garden").waitFor();
}

export async function findLinksRefused(alice: Page, bob: Page): Promise<void> {
  const link = await makeLink(alice, "Vault");
  await press(alice, "Revoke…");
  await dialog(alice).getByRole("button", { name: "Revoke", exact: true }).click();
  await details(alice).getByText("There is no link yet.").waitFor();
  await bob.goto(link.slice(0, -3));
  await press(bob, "Ask to come in");
  await dialog(bob).getByText("This link is not complete.", { exact: false }).waitFor();
  await press(bob, "Not now");
  await bob.goto(link);
  await press(bob, "Ask to come in");
  await dialog(bob).getByText("This invitation is no longer good", { exact: false }).waitFor();
  await expectAccessible(bob);
  await press(bob, "Not now");
}

/** Bob, whom Alice put into the room, and who is at his list. */
export async function removeAndTell(alice: Page, bob: Page): Promise<void> {
  await bob.getByRole("link", { name: /Winter atelier/ }).waitFor();
  await alice.getByRole("link", { name: /Winter atelier/ }).click();
  await press(alice, "About this room");
  await details(alice).getByRole("button", { name: "Invite by link" }).click();
  await press(alice, "Make a link");
  await details(alice)
    .getByText(/#join=/)
    .waitFor();
  await alice.goBack();
  await details(alice).getByRole("button", { name: "Actions for Bob Lefèvre" }).click();
  await alice.getByRole("menuitem", { name: "Remove from the room…" }).click();
  const revoking = dialog(alice).getByRole("checkbox", { name: /^Revoke the invitation links/ });
  expect(await revoking.isChecked()).toBe(true);
  await expectAccessible(alice);
  await dialog(alice).getByRole("button", { name: "Remove", exact: true }).click();
  await bob.getByRole("link", { name: /Winter atelier/ }).waitFor({ state: "detached" });
  await bob.getByText("is not open to you any more", { exact: false }).waitFor();
  await details(alice).getByText("1 member", { exact: false }).first().waitFor();
  await details(alice).getByRole("button", { name: "Invite by link" }).click();
  await details(alice).getByText("There is no link yet.").waitFor();
}
