import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Device, registerDevice } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { expectAccessible } from "./accessible.ts";
import { launch, newProfile, PHONE } from "./browser.ts";
import { type Person, register } from "./entrance.ts";
import { handOver } from "./hand-over.ts";
import { closeAndOpen } from "./refused-room.ts";
import { enterByLink, findLinksRefused, removeAndTell } from "./room-doors.ts";
import { blockAndUnblock, showToModerator } from "./room-nuisances.ts";
import {
  chooseNew,
  create,
  details,
  dialog,
  holdAndChoose,
  makeRoom,
  press,
  timeline,
  toList,
  write,
} from "./room-pages.ts";
import { actOnReport } from "./server-reports.ts";

interface Participant {
  readonly page: Page;
  readonly person: Person;
  readonly complaints: string[];
}

let server: ServerProcess;
let browser: Browser;
let alice: Participant;
let bob: Participant;
/** Without a page. */
let carol: Device;

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  const first = { name: "alice", displayName: "Alice Martin" };
  alice = await enter(`/register#token=${server.firstRunToken}`, first, {});
  carol = await registerDevice({ ...server, firstRunToken: null }, "carol");
  const phone = { viewport: PHONE, isMobile: true, hasTouch: true, colorScheme: "dark" } as const;
  bob = await enter("/register", { name: "bob", displayName: "Bob Lefèvre" }, phone);
});

async function enter(
  path: string,
  person: Parameters<typeof register>[2],
  options: Parameters<typeof newProfile>[1],
): Promise<Participant> {
  const profile = await newProfile(browser, options);
  return { ...profile, person: await register(profile.page, `${server.origin}${path}`, person) };
}

afterAll(async () => {
  carol?.close();
  await browser?.close();
  await server?.dispose();
});

/** Alice at a desk, Bob on a phone in the dark. */
describe("rooms in two real browsers", () => {
  test("a private room is made with somebody in it, and both write there", async () => {
    await makeRoom(alice.page, "Atelier", "Private");
    await expectAccessible(alice.page);
    await dialog(alice.page).getByRole("combobox", { name: "Add people by name" }).fill("bob");
    await alice.page.getByRole("option", { name: /Bob Lefèvre/ }).click();
    await create(alice.page, "Atelier");
    await write(alice.page, "Welcome to the atelier");
    await bob.page.getByRole("link", { name: /Atelier/ }).click();
    await timeline(bob.page).getByText("Welcome to the atelier").waitFor();
    await timeline(bob.page).getByText("Alice Martin", { exact: true }).first().waitFor();
    await write(bob.page, "Glad to be here");
    await timeline(alice.page).getByText("Glad to be here").waitFor();
    await timeline(alice.page).getByText("You made the room").waitFor();
    await timeline(bob.page)
      .getByText(/Alice Martin.* added .*Bob Lefèvre/)
      .waitFor();
    await expectAccessible(bob.page);
  });

  test("a message that is pinned stands under the header for both, and a press leads to it", async () => {
    await timeline(alice.page).getByText("Welcome to the atelier").hover();
    await timeline(alice.page).getByRole("button", { name: "More" }).first().click();
    await dialog(alice.page).getByRole("button", { name: "Pin for everybody" }).click();
    for (const { page } of [alice, bob]) {
      await page.getByTitle("Go to this message").getByText("Welcome to the atelier").waitFor();
      await timeline(page).getByTitle("Pinned").waitFor();
      await expectAccessible(page);
    }
    await bob.page.getByTitle("Go to this message").click();
    await bob.page.waitForURL(/&m=1$/);
  });

  test("commands in place of a message change the room, and what is none is not sent", async () => {
    const field = alice.page.getByRole("textbox", { name: /^Message to / });
    await field.fill("/t");
    await alice.page.getByRole("option", { name: /^\/topic/ }).waitFor();
    await expectAccessible(alice.page);
    await field.press("Enter");
    await field.pressSequentially("The first catalogue");
    await field.press("Enter");
    await timeline(bob.page).getByText("changed the topic").waitFor();
    await bob.page.getByText("The first catalogue").first().waitFor();
    await field.fill("/topci Something else");
    await field.press("Enter");
    await alice.page.getByRole("alert").getByText("There is no command /topci.", { exact: false }).waitFor();
    expect(await field.inputValue()).toBe("/topci Something else");
    await expectAccessible(alice.page);
    await field.fill("//sic");
    await field.press("Enter");
    await timeline(bob.page).getByText("/sic", { exact: true }).waitFor();
    expect(await timeline(bob.page).getByText("topci").count()).toBe(0);
  });

  test("its details say how it works and who is in it, and roles change there", async () => {
    await press(alice.page, "About this room");
    const pane = details(alice.page);
    await pane.getByText("The members. Not the server.").waitFor();
    await expectAccessible(alice.page);
    await alice.page.keyboard.press("Escape");
    await pane.waitFor({ state: "detached" });
    // The focus is where it was before.
    await alice.page.keyboard.press("Enter");
    await pane.getByText("The members. Not the server.").waitFor();
    await pane.getByRole("button", { name: "Actions for Bob Lefèvre" }).click();
    await alice.page.getByRole("menuitem", { name: "Change role…" }).click();
    await dialog(alice.page).getByRole("radio", { name: "Moderator" }).check({ force: true });
    await expectAccessible(alice.page);
    await dialog(alice.page).getByRole("button", { name: "Save" }).click();
    await pane.getByText("Moderator", { exact: true }).waitFor();
    await timeline(alice.page)
      .getByText(/You made .*Bob Lefèvre.* a moderator/)
      .waitFor();
    await press(bob.page, "About this room");
    await details(bob.page).getByRole("button", { name: "Room journal" }).click();
    await details(bob.page)
      .getByText(/made .*Bob Lefèvre.* a moderator/)
      .waitFor();
    await expectAccessible(bob.page);
  });

  test("a new name and topic reach the other", async () => {
    await press(alice.page, "Edit name and topic");
    await dialog(alice.page).getByRole("textbox", { name: "Name", exact: true }).fill("Winter atelier");
    await dialog(alice.page).getByRole("textbox", { name: "Topic" }).fill("The winter catalogue");
    await dialog(alice.page).getByRole("button", { name: "Save" }).click();
    await bob.page.goBack();
    await details(bob.page).getByRole("heading", { name: "Winter atelier" }).waitFor();
    await details(bob.page).getByText("The winter catalogue").waitFor();
    await bob.page.goBack();
    await details(bob.page).waitFor({ state: "detached" });
  });

  test("a moderator deletes what somebody else wrote; everybody sees who did, and the journal says so", async () => {
    const row = timeline(bob.page).getByText("/sic", { exact: true });
    await holdAndChoose(bob.page, row, "Delete");
    await dialog(bob.page).getByText("Everybody sees that you deleted it.", { exact: false }).waitFor();
    await expectAccessible(bob.page);
    await dialog(bob.page).getByRole("button", { name: "Delete", exact: true }).click();
    await timeline(bob.page).getByText("You deleted this message").waitFor();
    await timeline(alice.page).getByText("Message deleted by Bob Lefèvre").waitFor();
    expect(await timeline(alice.page).getByText("/sic", { exact: true }).count()).toBe(0);
    await alice.page.reload();
    await timeline(alice.page).getByText("Message deleted by Bob Lefèvre").waitFor();
    // Written down once Bob's browser has had the text erased, which comes after his word for it.
    const entry = details(alice.page).getByText(/Bob Lefèvre.* deleted somebody’s message/);
    const look = async () => {
      await details(alice.page).getByRole("button", { name: "Room journal" }).click();
      await entry.waitFor({ timeout: 3_000 }).catch(() => alice.page.goBack());
      return entry.isVisible();
    };
    await expect.poll(look).toBe(true);
    await alice.page.goBack();
    await toList(bob.page);
  });

  test("the quick switcher leads to rooms, people, commands and settings by a few letters", async () => {
    const field = alice.page.getByRole("combobox", { name: "Person, room or command" });
    await alice.page.keyboard.press("Control+k");
    await alice.page.getByRole("option", { name: /Winter atelier/ }).waitFor();
    await expectAccessible(alice.page);
    await field.fill("profil");
    await alice.page.getByRole("option", { name: "Settings: Profile" }).waitFor();
    await field.press("Enter");
    await alice.page.getByRole("heading", { name: "Profile" }).waitFor();
    await alice.page.keyboard.press("Control+k");
    await field.fill("wint");
    await alice.page.getByRole("option", { name: /Winter atelier/, selected: true }).waitFor();
    await field.press("Enter");
    await timeline(alice.page).getByText("Welcome to the atelier").waitFor();
    await alice.page.keyboard.press("Control+k");
    await field.waitFor();
    await alice.page.keyboard.press("Control+k");
    await field.waitFor({ state: "detached" });
    await press(bob.page, "Find a person or room");
    await bob.page.getByRole("combobox").fill("alice");
    await bob.page.getByRole("option", { name: /Alice Martin/ }).waitFor();
    await expectAccessible(bob.page);
    await bob.page.getByRole("option", { name: /Alice Martin/ }).click();
    await bob.page.getByRole("heading", { name: "Alice Martin" }).waitFor();
    await bob.page
      .getByLabel("Messages with Alice Martin")
      .getByText("You began this conversation")
      .waitFor();
    await toList(bob.page);
  });

  test("a public room is found and joined while one of its members is there", async () => {
    await makeRoom(alice.page, "Great hall", "Public");
    await create(alice.page, "Great hall");
    await write(alice.page, "The doors are open");
    await timeline(alice.page).getByText("The doors are open").waitFor();
    await chooseNew(bob.page, "Browse public rooms");
    await dialog(bob.page).getByRole("searchbox").fill("hall");
    await dialog(bob.page).getByRole("button", { name: "Join Great hall" }).click();
    await expectAccessible(bob.page);
    await dialog(bob.page).getByRole("button", { name: "Open Great hall" }).click({ timeout: 30_000 });
    await write(bob.page, "Good morning, hall");
    await timeline(alice.page).getByText("Good morning, hall").waitFor();
  });

  test("a member shows a message to who moderates, who sees that it is genuine and acts", () =>
    showToModerator(alice.page, bob.page, carol));

  test("what somebody wrote who is blocked is folded, until the settings take that back", () =>
    blockAndUnblock(bob.page, carol));

  test("who runs the server acts on a report: somebody reads and writes nowhere, and is told why", () =>
    actOnReport(alice, bob.page, carol));

  test("an invitation link leads into a private room", () => enterByLink(alice.page, bob.page));

  test("a broken link and a revoked one lead nowhere, and say so", () =>
    findLinksRefused(alice.page, bob.page));

  test("the server's rules close a room to somebody, whose message waits, and open it again", () =>
    closeAndOpen(alice, bob, "Winter atelier"));

  test("who is removed loses the room at once, and is told", () => removeAndTell(alice.page, bob.page));

  test("a room whose owner's account is gone is offered by who runs the server, and taken over", () =>
    handOver(server, alice, bob, carol));

  test("nothing to complain about", () => {
    expect(alice.complaints).toEqual([]);
    expect(bob.complaints).toEqual([]);
  });
});
