import type { Page } from "playwright";
import { freshTotpCode } from "../../server/testing/device.ts";

export const PASSWORD = "correct horse battery";

export interface Person {
  readonly name: string;
  readonly displayName: string;
  readonly totpSecret: string;
  readonly recoveryCode: string;
}

/** Registration as a person does it, from the form to the messenger. English pages. */
export async function register(
  page: Page,
  url: string,
  { name, displayName }: Pick<Person, "name" | "displayName">,
): Promise<Person> {
  await page.goto(url);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("textbox", { name: "Display name" }).fill(displayName);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Continue" }).click();
  const totpSecret = await readTotpSecret(page);
  // A complete code sends the form by itself.
  await page.getByLabel("Code from the app").fill(await freshTotpCode(totpSecret));
  await page.waitForURL("**/keys");
  const recoveryCode = await makeKeys(page);
  return { name, displayName, totpSecret, recoveryCode };
}

/** From /keys to the messenger: reads the recovery code and types two groups back. */
export async function makeKeys(page: Page): Promise<string> {
  await page.getByRole("heading", { name: "Save your recovery code" }).waitFor();
  const groups = await page.getByRole("region", { name: "Recovery code" }).locator("code").allInnerTexts();
  await page.getByRole("button", { name: "I have saved it" }).click();
  await page.getByRole("heading", { name: "Check what you saved" }).waitFor();
  for (const field of await page.getByLabel(/^Group \d+/).all()) {
    const number = Number(/\d+/.exec(await labelOf(field))?.[0]);
    await field.fill(groups[number - 1] ?? "");
  }
  await page.getByRole("button", { name: "Finish" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  // Live, not only loaded: the framework writes the address it started with when it takes over the page.
  await page.getByRole("button", { name: "Find a person" }).first().waitFor();
  return groups.join("-");
}

/** Sign-in with a code that was not used yet; ends wherever the account belongs. */
export async function signIn(page: Page, origin: string, person: Person): Promise<void> {
  await page.goto(`${origin}/login`);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(person.name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Continue" }).click();
  const code = page.getByLabel("6-digit code");
  await code.waitFor();
  await code.fill(await freshTotpCode(person.totpSecret));
  await page.waitForURL((url) => url.pathname !== "/login");
}

async function readTotpSecret(page: Page): Promise<string> {
  await page.getByRole("heading", { name: "Add Sceau to your authenticator" }).waitFor();
  const secret = (await page.locator("code").innerText()).replace(/\s/g, "");
  if (!secret) throw new Error("no TOTP secret on the page");
  return secret;
}

async function labelOf(field: ReturnType<Page["getByLabel"]>): Promise<string> {
  return field.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? "");
}
