import { afterAll, beforeAll, expect, test } from "vitest";
import { idToBytes } from "../../lib/base/ids.ts";
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
    agent: "command line",
    detail: "member -> auditor by command line",
  });
  await run("user:ban", "eve", "--reason", "Spam", "--days", "2");
  expect((await run("user:list", "--group", "banned")).text).toBe("eve\tauditor\tbanned\t-\tAnn\n");
  await run("user:lift", "eve");
  await run("user:suspend", "eve");
  expect((await run("user:list", "--search", "ev")).text).toContain("suspended");
  await run("user:lift", "eve");
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

test("access rules are listed and switched off", async () => {
  const { services, database } = world;
  const rules = [{ effect: "deny", place: "server", by: "everybody", patterns: "", note: "Closed" }];
  const set = { rules: JSON.stringify(rules), setAt: world.now(), setBy: null, trialUntil: null };
  await database.accessRules.write(services.accessRules.newest(), set);
  expect((await run("rules:list")).text).toBe("deny server everybody # Closed");
  expect((await run("rules:off")).json).toEqual({ removed: true });
  expect((await run("rules:off")).json).toEqual({ removed: false });
  expect((await run("rules:list")).text).toBe("No rules: everybody may come in.");
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
