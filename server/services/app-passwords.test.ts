import { afterAll, beforeAll, expect, test } from "vitest";
import { newSigner, PASSWORD } from "./testing/signer.ts";
import "../testing/cheap-passwords.mjs";
import { type AccountId, idToBytes, newId } from "../../lib/base/ids.ts";
import { doerOf, withoutDoer } from "./journal-doer.ts";
import type { Admission } from "./sessions.ts";
import { CLIENT, openRoomWorld, type RoomWorld } from "./testing/room-world.ts";

const WRONG = { code: "bad-credentials" };

let world: RoomWorld;
let people: RoomWorld["services"]["admin"]["people"];
let chief: Admission;

beforeAll(async () => {
  world = await openRoomWorld();
  people = world.services.admin.people;
  const { session, account } = await world.newResident();
  chief = { ...session, role: "administrator" } as Admission;
  await world.services.firstRun.fill("administrator", account, async () => true);
}, 60_000);

afterAll(() => world?.close());

const column = (id: AccountId) => Buffer.from(idToBytes(id));
const eventsOf = (id: AccountId): Promise<{ event: string; detail: string }[]> =>
  world.database.pool.query("SELECT event, detail FROM journal WHERE account_id = ?", [column(id)]);

type Owner = Awaited<ReturnType<typeof newOwner>>;

/** With keys, and allowed to have some. */
async function newOwner(name: string) {
  const { accountId: id, sid } = await newSigner(world, name);
  await world.database.pool.query("UPDATE account SET keyless = FALSE WHERE id = ?", [column(id)]);
  await people.allowAppPasswords(chief, id, true, CLIENT);
  const session = await world.services.sessions.admit(sid, true);
  const make = async (called = "bot") =>
    (await world.services.appPasswords.make(session, called, CLIENT)).appPassword;
  const enter = (appPassword: string, as = name) =>
    world.services.signIn.byAppPassword({ name: as, appPassword }, CLIENT, null);
  const isIn = (which: string) =>
    world.services.sessions.admit(which, true).then(
      () => true,
      () => false,
    );
  return { id, sid, session, make, enter, isIn };
}

test("an app password signs in by itself, in a session that nobody can step up in, and stands in the table as a hash", async () => {
  const { id, session, make, enter } = await newOwner("botkeeper");
  const appPassword = await make();
  const { sid } = await enter(appPassword);
  const admitted = await world.services.sessions.admit(sid, true);
  expect(admitted).toMatchObject({ accountId: id, byAppPassword: true, steppedUp: false });
  const proof = { password: PASSWORD, code: "000000" };
  await expect(world.services.stepUp.confirm(admitted, proof, CLIENT, null)).rejects.toMatchObject({
    code: "step-up-required",
  });
  expect((await world.services.browsers.sessions(session)).sessions.map((one) => one.appPassword)).toEqual(
    expect.arrayContaining(["bot", null]),
  );
  expect(await world.services.appPasswords.status(session)).toMatchObject({
    allowed: true,
    appPasswords: [{ name: "bot", lastUsedAt: world.now() }],
  });
  const dump = JSON.stringify(await world.database.pool.query("SELECT HEX(secret_hash) FROM app_password"));
  expect(dump).not.toContain(Buffer.from(appPassword).toString("hex").toUpperCase());
  expect(await eventsOf(id)).toContainEqual({
    event: "sign-in",
    detail: expect.stringMatching(/app-password$/),
  });
});

test("one is of one account, and refused like any wrong factor", async () => {
  const [mine, other] = [await newOwner("mine"), await newOwner("not.mine")];
  const appPassword = await mine.make();
  await expect(mine.enter(appPassword, "not.mine")).rejects.toMatchObject(WRONG);
  await expect(mine.enter(appPassword, "no.such.name")).rejects.toMatchObject(WRONG);
  // The database would refuse the question.
  await expect(mine.enter(appPassword, "not ascii: é")).rejects.toMatchObject(WRONG);
  await expect(mine.enter(`sceau-${"0".repeat(32)}`)).rejects.toMatchObject(WRONG);
  expect(await eventsOf(other.id)).toContainEqual({ event: "sign-in", detail: "app-password" });
  await mine.enter(appPassword);
});

test("one ends with its sessions, whatever ends it, and the person's own session goes on", async () => {
  const endings = {
    removed: async ({ session }: Owner) => {
      const [one] = (await world.services.appPasswords.status(session)).appPasswords;
      if (one) await world.services.appPasswords.remove(session, one.id, CLIENT);
    },
    forbidden: ({ id }: Owner) => people.allowAppPasswords(chief, id, false, CLIENT),
    "password.changed": ({ session }: Owner) =>
      world.services.credentials.changePassword(session, "another horse battery", CLIENT),
  };
  for (const [name, end] of Object.entries(endings)) {
    const owner = await newOwner(name);
    const appPassword = await owner.make();
    const { sid } = await owner.enter(appPassword);
    expect([await owner.isIn(sid), await owner.isIn(owner.sid)], name).toEqual([true, true]);
    await end(owner);
    expect([await owner.isIn(sid), await owner.isIn(owner.sid)], name).toEqual([false, true]);
    await expect(owner.enter(appPassword), name).rejects.toMatchObject(WRONG);
  }
});

test("one is allowed by an administrator, for those who have keys, five at most also where they are made at once", async () => {
  const { id, session, make } = await newOwner("five");
  const made = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => make(`bot ${i}`)));
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  await expect(make()).rejects.toMatchObject({ code: "conflict" });
  await world.database.pool.query("UPDATE account SET keyless = TRUE WHERE id = ?", [column(id)]);
  await expect(make()).rejects.toMatchObject({ code: "not-found" });
  await people.allowAppPasswords(chief, id, false, CLIENT);
  expect((await world.services.appPasswords.status(session)).appPasswords).toEqual([]);
  await expect(make()).rejects.toMatchObject({ code: "not-found" });
  await expect(people.allowAppPasswords(chief, newId(), true, CLIENT)).rejects.toMatchObject({
    code: "not-found",
  });
});

test("one whose name says so is nobody else's doing, nor the command line's", async () => {
  const { id, session, make } = await newOwner("forger");
  const names = [`by ${chief.accountId}`, "by command line"];
  for (const name of names) await make(name);
  const { entries } = await world.services.ownJournal.page(session);
  const made = entries.filter(({ event }) => event === "app-password-made");
  expect(made.map(({ address }) => address)).toEqual([CLIENT.address, CLIENT.address]);
  const { rows } = await world.services.admin.journal.tail({ person: id, event: "app-password-made" });
  expect(rows.map(({ by, detail }) => [by, detail])).toEqual(
    names.toReversed().map((name) => [null, JSON.stringify(name)]),
  );
  // As it was written down before names were quoted.
  const unquoted = { ...CLIENT, event: "app-password-made", detail: names[0] ?? "" };
  expect([doerOf(unquoted), withoutDoer(unquoted)]).toEqual([null, unquoted]);
});

test("a flood of names from one address leaves one line in the journal, and no row for each", async () => {
  const flood = { ...CLIENT, address: "192.0.2.77" };
  const tryAs = (name: string) =>
    world.services.signIn.byAppPassword({ name, appPassword: "sceau-wrong" }, flood, null).catch(() => {});
  const count = async (sql: string) => Number((await world.database.pool.query(sql))[0].count);
  const rows = () => count("SELECT COUNT(*) AS count FROM throttle");
  for (let i = 0; i < 300; i += 1) await tryAs(`n${i}`);
  const before = await rows();
  for (let i = 300; i < 320; i += 1) await tryAs(`n${i}`);
  expect(await rows()).toBe(before);
  const throttled =
    "SELECT COUNT(*) AS count FROM journal WHERE outcome = 'throttled' AND account_id IS NULL";
  expect(await count(throttled)).toBe(1);
});

test("one lets nobody in who is kept out", async () => {
  const owner = await newOwner("kept.out");
  const appPassword = await owner.make();
  await people.restrain(chief, owner.id, { kind: "banned", reason: "", until: null }, CLIENT);
  await expect(owner.enter(appPassword)).rejects.toMatchObject({ code: "account-banned" });
});
