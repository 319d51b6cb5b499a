import { userInfo } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { idToBytes, newId } from "../../lib/base/ids.ts";
import { openRoomWorld, type Resident, type RoomWorld } from "../services/testing/room-world.ts";
import { readCall, runCall } from "./run.ts";

let world: RoomWorld;
let eve: Resident;

beforeAll(async () => {
  world = await openRoomWorld();
  const chief = await world.newResident();
  await world.services.firstRun.fill("administrator", chief.account, async () => true);
  const { pool } = world.database;
  await pool.query("UPDATE account SET name = 'chief', role = 'administrator' WHERE id = ?", [
    Buffer.from(idToBytes(chief.account)),
  ]);
  eve = await world.newResident();
  // Found by her name among others who are called alike.
  await pool.query("UPDATE account SET name = 'eve', display_name = 'Ann' WHERE id = ?", [
    Buffer.from(idToBytes(eve.account)),
  ]);
}, 60_000);

afterAll(() => world?.close());

async function run(...args: string[]): Promise<{ text: string; json: unknown }> {
  const { services } = world;
  const answer = await runCall(readCall(args), { services, publicUrl: new URL("https://sceau.example") });
  if ("text" in answer) return answer;
  let text = "";
  for await (const part of answer) text += part;
  return { text, json: null };
}

const lastEntry = async () => {
  const [row] = await world.database.pool.query(
    "SELECT event, agent, detail FROM journal ORDER BY id DESC LIMIT 1",
  );
  return row as { event: string; agent: string; detail: string };
};

test.each([
  [[], "no command"],
  [["user:forget", "eve"], "no command user:forget"],
  [["__proto__"], "no command"],
  [["user:role", "eve"], "user:role NAME ROLE"],
  [["rules:off", "now"], "rules:off"],
  [["user:ban", "eve", "--reason"], "takes a value"],
])("%j is not understood", (args, said) => {
  expect(() => readCall(args)).toThrow(
    expect.objectContaining({ name: "UsageError", message: expect.stringContaining(said) }),
  );
});

test("flags that are not the command's are the server's", () => {
  expect(
    readCall(["user:ban", "eve", "--reason=A = b", "--json", "--data", "x", "--days", "3"]),
  ).toMatchObject({
    words: ["eve"],
    flags: { reason: "A = b", days: "3" },
    json: true,
    rest: ["--data", "x"],
  });
});

test.each([
  ["user:role", "eve", "owner"],
  ["user:ban", "eve", "--days", "0"],
  ["user:list", "--group", "owners"],
  ["policy:get", "unknown"],
  ["policy:set", "sessionDays", ""],
  ["policy:set", "sessionDays", "many"],
  ["policy:set", "sessionDays", "0x10"],
  ["invite", "--role", "administrator", "--uses", "2"],
])("%s %s %s %s is refused before anything is done", async (...args) => {
  const before = await lastEntry();
  await expect(run(...args)).rejects.toMatchObject({ name: "UsageError" });
  expect(await lastEntry()).toEqual(before);
});

test("people are given roles, kept out, let in and signed out, and the journal names the command line", async () => {
  expect((await run("user:role", "@Eve", "auditor")).text).toBe("eve is auditor.");
  expect(await lastEntry()).toEqual({
    event: "role-changed",
    agent: `command line (${userInfo().username})`,
    detail: "member -> auditor by command line",
  });
  await run("user:ban", "eve", "--reason", "Spam", "--days", "2");
  expect((await run("user:list", "--group", "banned")).text).toBe("eve\tauditor\tbanned\t-\tAnn\n");
  await run("user:lift", "eve");
  await run("user:suspend", "eve");
  expect((await run("user:list", "--search", "ev")).text).toContain("suspended");
  await run("user:lift", "eve");
  await expect(run("user:unmute", "eve")).rejects.toMatchObject({ code: "conflict" });
  expect((await run("user:mute", "eve", "--reason", "Night's rest")).text).toMatch(/^eve is muted until /);
  expect((await run("user:show", "eve")).text).toContain("muted 2");
  expect((await run("user:unmute", "eve")).text).toBe("eve may write.");
  expect((await run("user:list", "--group", "auditor", "--activity", "never")).text).toContain("eve");
  expect((await run("user:list", "--group", "auditor", "--activity", "within-7")).text).toBe("");
  await run("user:sign-out", "eve");
  expect((await run("user:reset-totp", "eve")).text).toMatch(
    /^https:\/\/sceau\.example\/login#authenticator=[\w-]{43}$/,
  );
  await expect(run("user:ban", "nobody")).rejects.toMatchObject({ code: "not-found" });
  await expect(run("user:role", "chief", "member")).rejects.toMatchObject({ code: "last-administrator" });
});

test("an account is deleted for good by its name, typed twice, and servers that run hear of it", async () => {
  const { otherNodes } = world.services;
  const leaver = await world.newResident();
  const { name } = await world.services.admin.people.read(leaver.account).then(({ person }) => person);
  await expect(run("user:delete", name, "eve")).rejects.toMatchObject({ name: "UsageError" });
  expect(await otherNodes.isDoubtRaised()).toBe(false);
  expect((await run("user:delete", name, name)).text).toBe(`${name} is deleted.`);
  expect([await otherNodes.isDoubtRaised(), await otherNodes.isDoubtRaised()]).toEqual([true, false]);
  await expect(run("user:lift", name)).rejects.toMatchObject({ code: "not-found" });
});

test("invitations are good, and policies hold", async () => {
  const { text } = await run("invite", "--uses", "5", "--note", "Choir");
  const token = text.replace("https://sceau.example/register#invitation=", "");
  await run("policy:set", "registration", "invitation");
  expect((await run("policy:get", "registration")).text).toBe("invitation");
  expect(await world.services.registration.readInvitation(token)).toMatchObject({ name: null });
  await run("policy:set", "sessionDays", "9");
  expect((await run("policy:get")).json).toMatchObject({ sessionDays: 9, registration: "invitation" });
});

test("access rules are tried, added, changed, removed and switched off", async () => {
  await expect(run("rules:add", "deny", "server", "address", "office")).rejects.toMatchObject({
    name: "UsageError",
  });
  await expect(run("rules:remove", "1")).rejects.toMatchObject({ name: "UsageError" });
  // Of a room that there is not.
  await expect(run("rules:add", "deny", newId(), "everybody")).rejects.toMatchObject({ code: "not-found" });
  const closed = ["rules:add", "deny", "server", "everybody", "--note", "Closed"];
  const before = await lastEntry();
  const trial = (await run(...closed, "--dry-run")).text;
  expect(trial).toMatch(/^1\tdeny server everybody # Closed\nLocked out of the server: \d+ people/);
  expect(trial).toContain("Nothing was changed.");
  expect(await lastEntry()).toEqual(before);
  expect((await run("rules:list")).text).toBe("No rules: everybody may come in.");
  await run(...closed);
  expect(world.services.accessRules.mayEnter("server", null, { address: "192.0.2.1" })).toBe(false);
  const office = ["allow", "server", "address", "192.0.2.0/24 2001:DB8::/32"];
  expect((await run("rules:add", ...office, "--at", "1")).text).toBe(
    "1\tallow server address 192.0.2.0/24 2001:db8::/32\n2\tdeny server everybody # Closed",
  );
  expect(await lastEntry()).toMatchObject({
    event: "access-rules-changed",
    agent: expect.stringMatching(/^command line \(.+\)$/),
    detail: expect.stringContaining("allow server address"),
  });
  expect(world.services.accessRules.mayEnter("server", null, { address: "192.0.2.1" })).toBe(true);
  expect((await run("rules:set", "2", "deny", "admin", "everybody")).json).toMatchObject({
    rules: [{ place: "server" }, { place: "admin", note: "" }],
  });
  expect((await run("rules:remove", "1")).text).toBe("1\tdeny admin everybody");
  expect((await run("rules:off")).json).toEqual({ removed: true });
  expect((await run("rules:off")).json).toEqual({ removed: false });
  expect((await run("rules:list")).text).toBe("No rules: everybody may come in.");
});

test("invitations are listed and revoked", async () => {
  const { json } = await run("invite", "--note", "Orchestra");
  const { id } = json as { id: string };
  const listed = async () => (await run("invite:list")).text.split("\n").find((each) => each.startsWith(id));
  expect(await listed()).toMatch(/\tmember\t0\/1\t\S+Z\t-\tOrchestra$/);
  await run("invite:revoke", id);
  expect(await lastEntry()).toMatchObject({ event: "invitation-revoked", detail: id });
  expect(await listed()).toContain("\trevoked\t");
});

test("a room is listed with who owns it, and ended by the number of its members", async () => {
  const owner = await world.newResident();
  const { id } = await world.createRoom([[owner, "owner"]]);
  const { name } = (await world.services.admin.people.read(owner.account)).person;
  const found = (await run("room:list", "--group", "private")).text
    .split("\n")
    .find((each) => each.startsWith(id));
  expect(found?.split("\t").slice(1)).toMatchObject(
    ["private-room", "1", "0", "0", /^\d{8}$/, name, "-", "-"].map((each) =>
      each instanceof RegExp ? expect.stringMatching(each) : each,
    ),
  );
  await world.services.otherNodes.isDoubtRaised();
  expect((await run("room:archive", id)).text).toBe("It is archived.");
  expect(await lastEntry()).toMatchObject({ event: "room-archived", detail: id });
  expect((await run("room:list", "--group", "archived")).text).toMatch(new RegExp(`^${id}\t.*\tarchived\n$`));
  expect(await world.services.otherNodes.isDoubtRaised()).toBe(true);
  await run("room:reopen", id);
  expect(await lastEntry()).toMatchObject({ event: "room-reopened", detail: id });
  await expect(run("room:hand-over", id, name)).rejects.toMatchObject({ code: "conflict" });
  await expect(run("room:withdraw-offer", id)).rejects.toMatchObject({ code: "not-found" });
  await expect(run("room:archive", "it")).rejects.toMatchObject({ name: "UsageError" });
  await expect(run("room:delete", id, "2")).rejects.toMatchObject({ code: "conflict" });
  expect((await run("room:delete", id, "1")).text).toBe("It is gone.");
  expect(await lastEntry()).toMatchObject({ event: "room-deleted", detail: `${id} 1 members` });
  expect((await run("room:list")).text).not.toContain(id);
});

test("a room without an owner is offered to who may take it over", async () => {
  const [owner, heir] = [await world.newResident(), await world.newResident()];
  const { id } = await world.createRoom([
    [owner, "owner"],
    [heir, "member"],
  ]);
  const nameOf = async ({ account }: typeof owner) =>
    (await world.services.admin.people.read(account)).person.name;
  const former = await nameOf(owner);
  await run("user:delete", former, former);
  const name = await nameOf(heir);
  expect((await run("room:hand-over", id, name)).text).toBe(`It is offered to ${name}.`);
  expect(await lastEntry()).toMatchObject({ event: "room-offered", detail: `${id} to ${heir.account}` });
  expect((await run("room:withdraw-offer", id)).text).toBe("It is offered to nobody.");
  expect(await lastEntry()).toMatchObject({ event: "room-offer-ended", detail: `${id} withdrawn` });
});

test("everybody is told something, until it ends or is ended", async () => {
  await expect(run("announce", " ")).rejects.toMatchObject({ name: "UsageError" });
  const { text: id } = await run("announce", "Back at 8", "--french", "De retour à 8 h", "--hours", "2");
  expect((await lastEntry()).detail).toMatch(/^\S{22} information, \S+Z to \S+Z: Back at 8$/);
  expect((await run("announce:list")).text).toMatch(new RegExp(`^${id}\tinformation\t.*\t"Back at 8"$`));
  await run("announce:end", id);
  await expect(run("announce:end", id)).rejects.toMatchObject({ code: "not-found" });
  await expect(run("announce:end", "it")).rejects.toMatchObject({ name: "UsageError" });
});

test("the journal is exported as asked for", async () => {
  const { text } = await run("journal:export", "--event", "role-changed", "--format", "ndjson");
  expect(
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([expect.objectContaining({ name: "eve", detail: "member -> auditor by command line" })]);
});
