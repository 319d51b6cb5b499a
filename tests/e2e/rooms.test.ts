import type { Browser, Locator, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Device, registerDevice } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { expectAccessible } from "./accessible.ts";
import { launch, newProfile, PHONE } from "./browser.ts";
import { type Person, register } from "./entrance.ts";
import { handOver } from "./hand-over.ts";
import { closeAndOpen } from "./refused-room.ts";
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

const timeline = (page: Page) => page.getByLabel(/^Messages in /);
const details = (page: Page) => page.getByRole("complementary");
const dialog = (page: Page) => page.getByRole("dialog");
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: /^Message to / }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

async function chooseNew(page: Page, item: string): Promise<void> {
  await press(page, "New room, browse rooms");
  await page.getByRole("menuitem", { name: item }).click();
  await dialog(page).waitFor();
}

async function makeRoom(page: Page, name: string, kind: "Private" | "Public"): Promise<void> {
  await chooseNew(page, "New room");
  await dialog(page).getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await dialog(page).getByText(kind, { exact: true }).click();
}

async function create(page: Page, name: string): Promise<void> {
  await press(page, "Create room");
  await page.getByRole("heading", { name }).first().waitFor();
  await dialog(page).waitFor({ state: "detached" });
}

/** A finger that stays on a message, again until it is heard: what hears it comes once the page is quiet. */
async function holdAndChoose(page: Page, row: Locator, action: string): Promise<void> {
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

async function toList(page: Page): Promise<void> {
  await press(page, "Back to conversations");
}

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

  test("a member shows a message to who moderates, who sees that it is genuine and acts", async () => {
    const rooms = await carol.messenger.rooms();
    const [hall] = await rooms.directory("hall");
    if (!hall) throw new Error("no hall");
    await rooms.join(hall.id);
    await carol.until(({ conversations }) => conversations?.length === 1, "let in");
    await carol.say(hall.id, "Watches of real gold, only today");
    const row = timeline(bob.page).getByText("Watches of real gold");
    await holdAndChoose(bob.page, row, "Report…");
    await dialog(bob.page).getByText("Alice Martin").first().waitFor();
    await expectAccessible(bob.page);
    await dialog(bob.page).getByText("Spam or advertising").click();
    await dialog(bob.page).getByText("Also show up to 5 messages around it").click();
    await dialog(bob.page).getByRole("button", { name: "Send report" }).click();
    await dialog(bob.page).waitFor({ state: "detached" });
    await alice.page.getByText("1 report waits for you").waitFor();
    await press(alice.page, "Show");
    const pane = details(alice.page);
    await pane.getByText(/^Signed by .*Carol Test/).waitFor();
    await pane.getByText("1 message around it").click();
    await pane.getByText("Good morning, hall").waitFor();
    await expectAccessible(alice.page);
    await pane.getByRole("button", { name: "Delete message" }).click();
    await dialog(alice.page).getByRole("button", { name: "Delete message" }).click();
    await timeline(bob.page).getByText("Message deleted by Alice Martin").waitFor();
    await pane.getByRole("button", { name: "Dealt with" }).click();
    await pane.getByText("Alice Martin dealt with it", { exact: false }).waitFor();
    await bob.page.getByText("What you reported was looked at").waitFor();
    await press(bob.page, "Show");
    await bob.page.getByText("Something was done about it.", { exact: false }).waitFor();
    await expectAccessible(bob.page);
    await toList(bob.page);
    await bob.page.getByRole("heading", { name: "Great hall" }).first().waitFor();
    await toList(bob.page);
  });

  test("what somebody wrote who is blocked is folded, until the settings take that back", async () => {
    await bob.page.getByRole("link", { name: /Great hall/ }).click();
    const [hall] = carol.messenger.getState().conversations ?? [];
    if (!hall) throw new Error("no hall");
    await carol.say(hall.id, "More watches");
    const row = timeline(bob.page).getByText("More watches");
    await holdAndChoose(bob.page, row, "Block Carol Test…");
    await expectAccessible(bob.page);
    await dialog(bob.page).getByRole("button", { name: "Block", exact: true }).click();
    await timeline(bob.page).getByText("Message of a blocked person").waitFor();
    await row.waitFor({ state: "detached" });
    await expectAccessible(bob.page);
    await bob.page.getByRole("button", { name: "Show", exact: true }).click();
    await row.waitFor();
    await bob.page.evaluate(() => {
      location.hash = "#settings/privacy";
    });
    await bob.page.getByText("Carol Test").waitFor();
    await expectAccessible(bob.page);
    await press(bob.page, "Unblock");
    await bob.page.getByText("You have blocked nobody.").waitFor();
    await press(bob.page, "All settings");
    await press(bob.page, "Back to messages");
    await bob.page.getByRole("heading", { name: "Great hall" }).first().waitFor();
    // The way back leads on, not into the settings once more.
    await bob.page.goBack();
    await bob.page.getByRole("link", { name: /Great hall/ }).waitFor();
  });

  test("who runs the server acts on a report: somebody reads and writes nowhere, and is told why", () =>
    actOnReport(alice, bob.page, carol));

  test("an invitation link leads into a private room", async () => {
    await makeRoom(alice.page, "Secret garden", "Private");
    await create(alice.page, "Secret garden");
    await press(alice.page, "About this room");
    await details(alice.page).getByRole("button", { name: "Invite by link" }).click();
    await press(alice.page, "Make a link");
    const link = await details(alice.page)
      .getByText(/#join=/)
      .innerText();
    await expectAccessible(alice.page);
    await bob.page.goto(link);
    await dialog(bob.page).getByRole("button", { name: "Ask to come in" }).waitFor();
    await expectAccessible(bob.page);
    await press(bob.page, "Ask to come in");
    await bob.page.getByRole("heading", { name: "Secret garden" }).first().waitFor({ timeout: 30_000 });
    await write(bob.page, "What a garden");
    await timeline(alice.page).getByText("What a garden").waitFor();
  });

  test("a broken link and a revoked one lead nowhere, and say so", async () => {
    await makeRoom(alice.page, "Vault", "Private");
    await create(alice.page, "Vault");
    await press(alice.page, "About this room");
    await details(alice.page).getByRole("button", { name: "Invite by link" }).click();
    await press(alice.page, "Make a link");
    const link = await details(alice.page)
      .getByText(/#join=/)
      .innerText();
    await press(alice.page, "Revoke…");
    await dialog(alice.page).getByRole("button", { name: "Revoke", exact: true }).click();
    await details(alice.page).getByText("There is no link yet.").waitFor();
    await bob.page.goto(link.slice(0, -3));
    await press(bob.page, "Ask to come in");
    await dialog(bob.page).getByText("This link is not complete.", { exact: false }).waitFor();
    await press(bob.page, "Not now");
    await bob.page.goto(link);
    await press(bob.page, "Ask to come in");
    await dialog(bob.page).getByText("This invitation is no longer good", { exact: false }).waitFor();
    await expectAccessible(bob.page);
    await press(bob.page, "Not now");
  });

  test("the server's rules close a room to somebody, whose message waits, and open it again", () =>
    closeAndOpen(alice, bob, "Winter atelier"));

  test("who is removed loses the room at once, and is told", async () => {
    await bob.page.getByRole("link", { name: /Winter atelier/ }).waitFor();
    await alice.page.getByRole("link", { name: /Winter atelier/ }).click();
    await press(alice.page, "About this room");
    await details(alice.page).getByRole("button", { name: "Invite by link" }).click();
    await press(alice.page, "Make a link");
    await details(alice.page)
      .getByText(/#join=/)
      .waitFor();
    await alice.page.goBack();
    await details(alice.page).getByRole("button", { name: "Actions for Bob Lefèvre" }).click();
    await alice.page.getByRole("menuitem", { name: "Remove from the room…" }).click();
    const revoking = dialog(alice.page).getByRole("checkbox", { name: /^Revoke the invitation links/ });
    expect(await revoking.isChecked()).toBe(true);
    await expectAccessible(alice.page);
    await dialog(alice.page).getByRole("button", { name: "Remove", exact: true }).click();
    await bob.page.getByRole("link", { name: /Winter atelier/ }).waitFor({ state: "detached" });
    await bob.page.getByText("is not open to you any more", { exact: false }).waitFor();
    await details(alice.page).getByText("1 member", { exact: false }).first().waitFor();
    await details(alice.page).getByRole("button", { name: "Invite by link" }).click();
    await details(alice.page).getByText("There is no link yet.").waitFor();
  });

  test("a room whose owner's account is gone is offered by who runs the server, and taken over", () =>
    handOver(server, alice, bob, carol));

  test("nothing to complain about", () => {
    expect(alice.complaints).toEqual([]);
    expect(bob.complaints).toEqual([]);
  });
});
