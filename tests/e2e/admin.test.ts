import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshTotpCode } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import {
  confirmSignIn,
  PASSWORD,
  register,
  startSignIn,
  type TestAccount,
} from "../security/support/accounts.ts";
import { giveRole, whileStopped } from "../security/support/roles.ts";
import { addRooms } from "../security/support/rooms.ts";
import { expectAccessible } from "./accessible.ts";
import { goThroughByKeys } from "./admin-keyboard.ts";
import { actOnAll, allowAppPasswords } from "./admin-people.ts";
import { lookAtRooms, readSections } from "./admin-rooms.ts";
import { launch, newProfile, PHONE } from "./browser.ts";

/** Nobody here has keys: the administration needs none. */
let server: ServerProcess;
let browser: Browser;
let alice: TestAccount;
let bob: TestAccount;
let ada: TestAccount;

beforeAll(async () => {
  server = await startServer();
  alice = await register(server, "alice", server.firstRunToken);
  bob = await register(server, "bob");
  ada = await register(server, "ada");
  server = await whileStopped(server, async (pool) => {
    await giveRole(pool, "ada", "auditor");
    await addRooms(pool, "bob", ["Garden", null]);
  });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** A browser in which this account is signed in, at a place of the administration. */
async function openAs(account: TestAccount, place = "", options: Parameters<typeof newProfile>[1] = {}) {
  const profile = await newProfile(browser, options);
  await profile.context.addCookies(
    [...account.profile.cookies].map(([name, value]) => ({
      name,
      value,
      domain: "localhost",
      path: "/",
      secure: true,
      httpOnly: true,
      sameSite: "Strict" as const,
    })),
  );
  await profile.page.goto(`${server.origin}/admin${place}`);
  return profile;
}

async function confirmThatItIs(account: TestAccount, page: Page): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await dialog.getByLabel("Code from your authenticator app").fill(await freshTotpCode(account.totpSecret));
  // A complete code sends the form by itself.
  await dialog.waitFor({ state: "detached" });
}

const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });

test("is not there for a member, and leads who is signed out to the door and back", async () => {
  const member = await openAs(bob, "#policies");
  await heading(member.page, "This page does not exist").waitFor();
  expect(await member.page.getByRole("dialog").count()).toBe(0);
  await expectAccessible(member.page);
  await member.context.close();

  const { page, context } = await newProfile(browser);
  await page.goto(`${server.origin}/admin#policies`);
  await page.waitForURL("**/login#back=admin:policies");
  await context.close();
});

describe("an administrator", () => {
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ({ page, complaints } = await openAs(alice));
    // Nobody could answer the browser's own dialog.
    await page.addInitScript(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
    await page.reload();
  });

  test("proves both factors, and sees how the server fares", async () => {
    await confirmThatItIs(alice, page);
    // On a slow machine the five minutes of a proof are over before the tests are: then it is asked for again.
    const asked = page.getByRole("dialog", { name: "Confirm that it is you" });
    await page.addLocatorHandler(asked, () => confirmThatItIs(alice, page));
    await heading(page, "People").waitFor();
    expect(await page.getByText("Accounts", { exact: true }).locator("..").innerText()).toContain("3");
    await page.getByText("Nothing was reported.").waitFor();
    await page.getByText("7 days", { exact: true }).click();
    await page.getByText("0 in 7 days").first().waitFor();
    const again = page.waitForResponse((response) => response.url().includes("/api/admin/overview?"));
    expect((await again).status()).toBe(200);
    await expectAccessible(page);
  });

  test("changes policies, which hold at once", async () => {
    await page.getByRole("link", { name: "Registration" }).click();
    const shortest = page.getByLabel("Shortest password");
    await shortest.fill("5");
    const group = page
      .locator("section")
      .filter({ has: heading(page, "Registration") })
      .last();
    await group.getByRole("button", { name: "Save" }).click();
    await group.getByText("Type a whole number from 8 to 64.").waitFor();
    await shortest.fill("14");
    await group.getByLabel("New accounts").selectOption("Closed");
    await group.getByRole("button", { name: "Save" }).click();
    await group.getByText("Saved. It holds from now on.").waitFor();
    await group
      .getByText(/Last changed by alice Test/)
      .first()
      .waitFor();
    await expectAccessible(page);

    const stranger = await newProfile(browser);
    await stranger.page.goto(`${server.origin}/register`);
    // The page's scripts come with the first touch.
    await stranger.page.getByRole("textbox", { name: "Name", exact: true }).click();
    await stranger.page.getByText("New accounts cannot be made here now.").waitFor();
    await stranger.page.getByText("At least 14 characters.").waitFor();
    await stranger.context.close();
    expect(complaints).toEqual([]);
  });

  test("invites: one by a link, others from a file", async () => {
    await page.getByLabel("New accounts").selectOption("By invitation");
    await page.getByLabel("Allowed e-mail addresses").fill("sceau.example");
    const save = page.getByRole("button", { name: "Save" });
    await save.click();
    await page.getByText("Type patterns with one @ each").waitFor();
    await page.getByLabel("Allowed e-mail addresses").fill("*@Sceau.example\n*@lab.example");
    await save.click();
    await page.getByText("Saved. It holds from now on.").waitFor();

    await page.getByRole("button", { name: "Invite", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Invite" });
    await dialog.getByLabel("Note").fill("For the accountant");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Make the link" }).click();
    const link = await dialog.getByLabel("Link", { exact: true }).inputValue();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Close" }).click();

    const stranger = await newProfile(browser);
    const form = stranger.page;
    await form.goto(`${server.origin}/register`);
    await form.getByRole("textbox", { name: "Name", exact: true }).click();
    await form.getByText("New accounts are made by invitation here.").waitFor();
    await form.goto(link);
    await form.getByText("You are invited.").waitFor();
    expect(new URL(form.url()).hash).toBe("");
    await form.getByRole("textbox", { name: "Name", exact: true }).fill("accountant");
    await form.getByLabel("Display name").fill("The Accountant");
    await form.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await form.getByLabel("E-mail address").fill("me@elsewhere.example");
    await form.getByRole("button", { name: "Continue" }).click();
    await form.getByText("This server takes other e-mail addresses.").waitFor();
    await expectAccessible(form);
    await form.getByLabel("E-mail address").fill("me@lab.example");
    await form.getByRole("button", { name: "Continue" }).click();
    await form.getByLabel("Code from the app").waitFor();
    await stranger.context.close();

    await page.getByRole("link", { name: "Invite from a file" }).click();
    await page.getByLabel("CSV file").setInputFiles({
      name: "people.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("name,display name,e-mail\nerin,Erin É.,erin@sceau.example\nbob,Bob\nno name,X\n"),
    });
    await page.getByText("Has an account by this name").waitFor();
    await page.getByText("Not a possible name").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Make 1 invitation" }).click();
    const save1 = page.getByRole("button", { name: "Save the links" });
    await save1.waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), save1.click()]);
    const report = readFileSync(await download.path(), "utf8");
    expect(report).toMatch(
      /"erin","Erin É\.","erin@sceau\.example","member","https?:[^"]*#invitation=[\w-]{43}"/,
    );

    await page.getByRole("link", { name: "Registration" }).first().click();
    await page.getByRole("link", { name: "For the accountant" }).click();
    await heading(page, "Who came by it").waitFor();
    await page.getByRole("button", { name: "Revoke" }).click();
    await page.getByText("Revoked", { exact: true }).waitFor();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  test("finds a person, keeps them out and says why at the door, and lets them in again", async () => {
    const kept = await openAs(bob);
    await page.getByRole("link", { name: "People" }).click();
    await page.getByRole("table", { name: "People" }).waitFor();
    await expectAccessible(page);
    await page.getByLabel("Search").fill("bo");
    await page.getByRole("link", { name: "@bob" }).click();
    await heading(page, "Browsers with keys").waitFor();
    await expectAccessible(page);
    await page.getByLabel("What to do").selectOption("Ban");
    await page.getByLabel("Reason").fill("Sold watches.");
    await page.getByLabel("For how long").selectOption("A week");
    await page.getByRole("button", { name: "Ban", exact: true }).click();
    await page.getByText(/Banned since .* Reason: Sold watches\./).waitFor();
    await page.getByText("Signed in nowhere.").waitFor();

    await kept.page.goto(`${server.origin}/login`);
    await kept.page.getByRole("textbox", { name: "Name", exact: true }).fill("bob");
    await kept.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await kept.page.getByRole("button", { name: "Continue" }).click();
    await kept.page.getByLabel("6-digit code").fill(await freshTotpCode(bob.totpSecret));
    await kept.page.getByText(/This account is banned\..* Sold watches\. It ends /).waitFor();
    await kept.context.close();

    await page.getByRole("button", { name: "Lift" }).click();
    await heading(page, "Suspend, ban or mute").waitFor();
    expect(complaints).toEqual([]);
  });

  test("allows app passwords; ends an authenticator, and the person sets up another by a link and the password", async () => {
    await allowAppPasswords(page);
    await page.getByRole("button", { name: "End the old one and make a link" }).click();
    const sure = page.getByRole("dialog", { name: "New authenticator" });
    await sure.getByRole("button", { name: "End it" }).click();
    const link = await page.getByLabel(/^Link, good until/).inputValue();
    await expectAccessible(page);

    const lost = await newProfile(browser);
    const door = lost.page;
    await door.goto(link);
    await door.getByLabel("Password", { exact: true }).fill("not the password");
    await door.getByRole("button", { name: "Continue" }).click();
    await door.getByText("This is not your password.").waitFor();
    await door.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await door.getByRole("button", { name: "Continue" }).click();
    const secret = ((await door.locator("code").textContent()) ?? "").replaceAll(" ", "");
    await expectAccessible(door);
    await door.getByLabel("Code from the app").fill(await freshTotpCode(secret));
    await door.getByRole("button", { name: "Sign in" }).click();
    await door.getByRole("textbox", { name: "Name", exact: true }).waitFor();
    expect(lost.complaints).toEqual([]);
    await lost.context.close();

    await page.getByRole("link", { name: "All people" }).click();
    expect(await page.getByLabel("Search").inputValue()).toBe("bo");
    await actOnAll(page);
    expect(complaints).toEqual([]);
  });

  test("looks at rooms without their content, and ends one by the number of its members", () =>
    lookAtRooms(page));

  test("finds what happened in the journal, watches it, takes it along and checks that it is whole", async () => {
    await page.getByRole("link", { name: "Journal" }).click();
    const table = page.getByRole("table", { name: "Journal" });
    const row = (text: string) => table.getByRole("row").filter({ hasText: text });
    await table.waitFor();
    await page
      .getByText(/Nothing unusual\.|failed sign-in/)
      .first()
      .waitFor();
    await expectAccessible(page);

    await page.getByLabel("Address", { exact: true }).fill("127.0.0.300");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByText("Type an address such as 192.0.2.7").waitFor();
    await page.getByLabel("Address", { exact: true }).fill("127.0.0.0/8");
    await page.getByLabel("Person", { exact: true }).fill("bob");
    await page.getByLabel("Event", { exact: true }).selectOption("Suspended, banned or muted");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await row("banned until").getByText("by alice Test").waitFor();
    await expect.poll(() => table.getByRole("row").count()).toBe(2);

    await page.getByRole("button", { name: "Clear", exact: true }).click();
    await page.getByLabel("Outcome", { exact: true }).selectOption("Refused");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByText("Show new entries as they come").click();
    await confirmSignIn(server, { challenge: await startSignIn(server, "nobody-here"), code: "000000" });
    await row("unknown name").waitFor();
    expect(await page.getByRole("button", { name: "Next" }).count()).toBe(0);

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "As a table (CSV)" }).click();
    const csv = readFileSync(await (await download).path(), "utf8");
    expect(csv).toContain('"sign-in","failed"');
    expect(csv).not.toContain('"ok"');
    await page.getByText("Saved.", { exact: true }).waitFor();

    await page.getByRole("button", { name: "Check the chain" }).click();
    await page.getByText(/^The chain is whole: \d+ entries\.$/).waitFor();
    const checkpoint = await page.locator("code").innerText();
    await page
      .getByLabel("Checkpoint from an earlier check")
      .fill(`1${checkpoint.slice(checkpoint.indexOf(":"))}`);
    await page.getByRole("button", { name: "Check the chain" }).click();
    await page.getByText("Entry 1 is not the one that the checkpoint names.").waitFor();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  test("is told whom access rules would lock out, oneself first, before they are set", async () => {
    await page.getByRole("link", { name: "Access rules" }).click();
    await page.getByRole("button", { name: "Add a rule" }).click();
    await page.getByLabel("What it does").selectOption("allow");
    await page.getByLabel("Addresses", { exact: true }).fill("192.0.2.0/24\n2001:db8::/32");
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Add a rule" }).click();
    await page.getByLabel("Whom").selectOption("everybody");
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Who would be locked out now?" }).click();
    await page.getByText("You would lock yourself out").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Set the rules" }).click();
    await page.getByRole("dialog", { name: "Lock yourself out for ten minutes?" }).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Move up: Keep out of the server: everybody" }).click();
    expect(
      await page
        .getByRole("list", { name: "Rules in their order" })
        .getByRole("listitem")
        .first()
        .textContent(),
    ).toContain("Keep out of the server");
    await page.getByRole("button", { name: "Discard the changes" }).click();
    await page.getByText("There are no rules").waitFor();
  });

  test("does it by keyboard: every section, and all that is in each", async () => {
    await goThroughByKeys(page);
    await page.getByRole("link", { name: "Overview" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("As a table").first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("table", { name: "People active by day" }).waitFor();
  });
});

test("an auditor reads everything on a phone, in French and in the dark, and changes nothing", async () => {
  const options = {
    viewport: PHONE,
    isMobile: true,
    hasTouch: true,
    locale: "fr-FR",
    colorScheme: "dark",
  } as const;
  const { page, context, complaints } = await openAs(ada, "", options);
  await heading(page, "Administration").waitFor();
  await page.getByRole("link", { name: "Inscription" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Mot de passe", { exact: true }).fill(PASSWORD);
  await dialog
    .getByRole("textbox")
    .last()
    .fill(await freshTotpCode(ada.totpSecret));
  await dialog.waitFor({ state: "detached" });
  await page.getByText("Nouveaux comptes", { exact: true }).waitFor();
  expect(await page.getByRole("button", { name: "Enregistrer" }).count()).toBe(0);
  expect(await page.getByRole("textbox").or(page.getByRole("combobox")).count()).toBe(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Toutes les rubriques" }).click();
  await page.getByRole("link", { name: "Personnes" }).click();
  await page.getByRole("link", { name: "@alice" }).click();
  await heading(page, "Navigateurs avec les clés").waitFor();
  expect(await page.getByRole("button", { name: /Déconnecter|Bannir|Suspendre|Supprimer/ }).count()).toBe(0);
  await expectAccessible(page);
  await readSections(page);
  await page.getByRole("button", { name: "Toutes les rubriques" }).click();
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByRole("list", { name: "Journal" }).waitFor();
  await expectAccessible(page);
  expect(complaints).toEqual([]);
  await context.close();
});
