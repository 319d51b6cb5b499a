import type { Page } from "playwright";
import { expect } from "vitest";
import { type Device, freshTotpCode } from "../../server/testing/device.ts";
import type { ServerProcess } from "../../server/testing/server-process.ts";
import { endAccount } from "../security/support/room-rules.ts";
import { expectAccessible } from "./accessible.ts";
import { PASSWORD } from "./entrance.ts";
import type { Present } from "./refused-room.ts";

/** Carol's last room is left without an owner: Alice, who runs the server, offers it to Bob, who is in it. */
export async function handOver(
  server: ServerProcess,
  alice: Present,
  { page: phone }: Pick<Present, "page">,
  carol: Device,
): Promise<void> {
  const [bob] = await carol.messenger.findPeople("bob");
  if (!bob) throw new Error("no Bob");
  const room = await (await carol.messenger.rooms()).create({
    ...{ kind: "private-room", name: "Left alone", topic: "", history: "all", retentionSeconds: 0 },
    ...{ posting: "everyone", people: [bob.id] },
  });
  await phone.getByRole("link", { name: /Left alone/ }).click();
  await phone.getByRole("textbox", { name: /^Message to / }).waitFor();
  await endAccount(server, carol);

  const page = await offerTo(server, alice, room, "Bob Lefèvre");
  const offer = phone.getByRole("region", { name: "Take it over" });
  await offer.getByText("This room has no owner any more.").waitFor();
  await expectAccessible(phone);
  await offer.getByRole("button", { name: "Take it over" }).click();
  await phone.getByText("You took the room over: the account of its owner is gone").waitFor();
  expect(await offer.count()).toBe(0);
  await page.reload();
  await page
    .getByRole("link", { name: "Bob Lefèvre @bob" })
    .or(page.getByText("Bob Lefèvre"))
    .first()
    .waitFor();
  await page.getByRole("heading", { name: "Archive the room" }).waitFor();
  expect(await page.getByRole("heading", { name: "Hand over" }).count()).toBe(0);
  await page.close();
}

/** In the administration, found among the rooms that have no owner. */
async function offerTo(
  server: ServerProcess,
  { page: own, person }: Present,
  room: string,
  name: string,
): Promise<Page> {
  const page = await own.context().newPage();
  const proof = page.getByRole("dialog", { name: "Confirm that it is you" });
  await page.addLocatorHandler(proof, async () => {
    await proof.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await proof.getByLabel("Code from your authenticator app").fill(await freshTotpCode(person.totpSecret));
    await proof.waitFor({ state: "detached" });
  });
  await page.goto(`${server.origin}/admin#rooms`);
  await page.getByLabel("Show", { exact: true }).selectOption("Rooms without an owner");
  const rooms = page.getByRole("link", { name: /^Private room / });
  await expect.poll(() => rooms.allInnerTexts()).toEqual([`Private room ${room.slice(-6)}`]);
  await rooms.click();
  await page.getByRole("heading", { name: "Hand over" }).waitFor();
  await page.getByLabel("Whom to ask").selectOption({ label: `${name} @bob` });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Offer the room" }).click();
  await page.getByText(`It is offered to ${name} since`, { exact: false }).waitFor();
  await expectAccessible(page);
  return page;
}
