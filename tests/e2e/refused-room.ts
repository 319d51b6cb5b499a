import type { Page } from "playwright";
import { expect } from "vitest";
import { putForward } from "../../server/testing/clock.ts";
import { freshTotpCode } from "../../server/testing/device.ts";
import { expectAccessible } from "./accessible.ts";
import { PASSWORD, type Person } from "./entrance.ts";

/** Somebody at a page of the messenger. */
export interface Present {
  readonly page: Page;
  readonly person: Pick<Person, "totpSecret">;
}

const EMAIL = "bob@rival.example";

/** As the settings and the administration do it, with both factors. @param answered what `change` makes its body from */
async function change(
  { page, person }: Present,
  path: string,
  body: object,
  answered: string | null = null,
): Promise<void> {
  const code = await freshTotpCode(person.totpSecret);
  const status = await page.evaluate(
    async ([password, code, path, body, answered]) => {
      const headers = { "content-type": "application/json" };
      const put = (to: string, method: string, what: object) =>
        fetch(to, { method, headers, body: JSON.stringify(what) });
      await put("/api/step-up", "POST", { password, code });
      const now = answered ? { [answered]: (await (await fetch(path)).json())[answered] } : {};
      return (await put(path, "PUT", { ...now, ...body })).status;
    },
    [PASSWORD, code, path, body, answered] as const,
  );
  expect(status).toBe(204);
}

/** In the administration's words: the first one runs the server and is in the room. */
export async function closeAndOpen(alice: Present, bob: Present, name: string): Promise<void> {
  const link = ({ page }: Present) => page.getByRole("link", { name: new RegExp(name) });
  const timeline = ({ page }: Present) => page.getByLabel(/^Messages in /);
  const write = async ({ page }: Present, text: string) => {
    // Of this room: the one that was open before is there for a moment longer.
    await page.getByRole("textbox", { name: new RegExp(`^Message to .*${name}`) }).fill(text);
    await page.getByRole("button", { name: "Send", exact: true }).click();
  };
  const setRules = (rules: readonly object[]) =>
    change(alice, "/api/admin/access-rules", { rules, trial: false }, "version");
  await change(bob, "/api/me/email", { email: EMAIL });
  // So long a server goes by what it knows of a session.
  await putForward(2_000);
  await link(bob).click();
  await timeline(bob).waitFor();
  const room = /#c=([\w-]{22})/.exec(bob.page.url())?.[1];
  await bob.page.context().setOffline(true);
  await bob.page.getByText("You are offline.").first().waitFor();
  await write(bob, "Kept for later");
  await timeline(bob).getByText("Kept for later").waitFor();
  await setRules([{ effect: "deny", place: "room", room, by: "email", patterns: EMAIL, note: "" }]);
  await bob.page.context().setOffline(false);
  await bob.page.getByText("This room is not open to you here").waitFor();
  expect(await bob.page.getByRole("textbox", { name: /^Message to / }).count()).toBe(0);
  await expectAccessible(bob.page);
  await link(alice).click();
  await write(alice, "Said meanwhile");
  await timeline(alice).getByText("Said meanwhile").waitFor();

  // The same to a page that knows nothing yet.
  await bob.page.reload();
  await bob.page.getByText("This room is not open to you here").waitFor();
  await bob.page.getByRole("button", { name: "Back to conversations" }).click();
  await link(bob).getByText("Not open to you here").waitFor();
  await expectAccessible(bob.page);
  await link(bob).click();
  await bob.page.getByText("This room is not open to you here").waitFor();

  await setRules([]);
  await timeline(alice).getByText("Kept for later").waitFor();
  for (const text of ["Said meanwhile", "Kept for later"]) await timeline(bob).getByText(text).waitFor();
  await bob.page.getByRole("button", { name: "Back to conversations" }).click();
}
