import type { Page } from "playwright";
import type { Device } from "../../server/testing/device.ts";
import { expectAccessible } from "./accessible.ts";
import { details, dialog, holdAndChoose, press, timeline, toList } from "./room-pages.ts";

/** Carol, who joins the great hall, advertises; Bob, who is there, shows that to Alice. He ends at his list. */
export async function showToModerator(alice: Page, bob: Page, carol: Device): Promise<void> {
  const rooms = await carol.messenger.rooms();
  const [hall] = await rooms.directory("hall");
  if (!hall) throw new Error("no hall");
  await rooms.join(hall.id);
  await carol.until(({ conversations }) => conversations?.length === 1, "let in");
  await carol.say(hall.id, "Watches of real gold, only today");
  const row = timeline(bob).getByText("Watches of real gold");
  await holdAndChoose(bob, row, "Report…");
  await dialog(bob).getByText("Alice Martin").first().waitFor();
  await expectAccessible(bob);
  await dialog(bob).getByText("Spam or advertising").click();
  await dialog(bob).getByText("Also show up to 5 messages around it").click();
  await dialog(bob).getByRole("button", { name: "Send report" }).click();
  await dialog(bob).waitFor({ state: "detached" });
  await alice.getByText("1 report waits for you").waitFor();
  await press(alice, "Show");
  const pane = details(alice);
  await pane.getByText(/^Signed by .*Carol Test/).waitFor();
  await pane.getByText("1 message around it").click();
  await pane.getByText("Good morning, hall").waitFor();
  await expectAccessible(alice);
  await pane.getByRole("button", { name: "Delete message" }).click();
  await dialog(alice).getByRole("button", { name: "Delete message" }).click();
  await timeline(bob).getByText("Message deleted by Alice Martin").waitFor();
  await pane.getByRole("button", { name: "Dealt with" }).click();
  await pane.getByText("Alice Martin dealt with it", { exact: false }).waitFor();
  await bob.getByText("What you reported was looked at").waitFor();
  await press(bob, "Show");
  await bob.getByText("Something was done about it.", { exact: false }).waitFor();
  await expectAccessible(bob);
  await toList(bob);
  await bob.getByRole("heading", { name: "Great hall" }).first().waitFor();
  await toList(bob);
}

/** Carol goes on, and Bob does not want to read it. */
export async function blockAndUnblock(bob: Page, carol: Device): Promise<void> {
  await bob.getByRole("link", { name: /Great hall/ }).click();
  const [hall] = carol.messenger.getState().conversations ?? [];
  if (!hall) throw new Error("no hall");
  await carol.say(hall.id, "More watches");
  const row = timeline(bob).getByText("More watches");
  await holdAndChoose(bob, row, "Block Carol Test…");
  await expectAccessible(bob);
  await dialog(bob).getByRole("button", { name: "Block", exact: true }).click();
  await timeline(bob).getByText("Message of a blocked person").waitFor();
  await row.waitFor({ state: "detached" });
  await expectAccessible(bob);
  await bob.getByRole("button", { name: "Show", exact: true }).click();
  await row.waitFor();
  await bob.evaluate(() => {
    location.hash = "#settings/privacy";
  });
  await bob.getByText("Carol Test").waitFor();
  await expectAccessible(bob);
  await press(bob, "Unblock");
  await bob.getByText("You have blocked nobody.").waitFor();
  await press(bob, "All settings");
  await press(bob, "Back to messages");
  await bob.getByRole("heading", { name: "Great hall" }).first().waitFor();
  // The way back leads on, not into the settings once more.
  await bob.goBack();
  await bob.getByRole("link", { name: /Great hall/ }).waitFor();
}
