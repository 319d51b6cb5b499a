import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newSigner, PASSWORD } from "../testing/signer.ts";
import "../../testing/cheap-passwords.mjs";
import { type AccountId, type DeviceId, idToBytes, newId } from "../../../lib/base/ids.ts";
import type { RestraintForm } from "../../../lib/protocol/http/admin/people.ts";
import type { Role } from "../../database/accounts.ts";
import { COMMAND_LINE } from "../client.ts";
import type { Admission } from "../sessions.ts";
import { describeManyPeople } from "../testing/many-people.ts";
import { CLIENT, openRoomWorld, type RoomWorld } from "../testing/room-world.ts";

const HOUR = 3_600_000;

let world: RoomWorld;
let people: RoomWorld["services"]["admin"]["people"];
let chief: Admission;

beforeAll(async () => {
  world = await openRoomWorld();
  people = world.services.admin.people;
  chief = await newActor("administrator");
  await world.services.firstRun.fill("administrator", chief.accountId, async () => true);
}, 60_000);

afterAll(() => world?.close());

const column = (id: AccountId) => Buffer.from(idToBytes(id));

async function newActor(role: Role): Promise<Admission> {
  const { session, account } = await world.newResident();
  await world.database.pool.query("UPDATE account SET role = ? WHERE id = ?", [role, column(account)]);
  return { ...session, role } as Admission;
}

const newMember = async (): Promise<AccountId> => (await world.newResident()).account;
const roleOf = async (id: AccountId) => (await people.read(id)).person.role;
const ban = (until: number | null = null): RestraintForm => ({ kind: "banned", reason: "Spam", until });
const eventsOf = (id: AccountId): Promise<{ event: string; detail: string }[]> =>
  world.database.pool.query("SELECT event, detail FROM journal WHERE account_id = ? ORDER BY id", [
    column(id),
  ]);

describe("restraints", () => {
  test("end every session at once, tell who has both factors why, and end by themselves", async () => {
    const { services } = world;
    const mallory = await newSigner(world, "mallory");
    const until = world.now() + HOUR;
    await people.restrain(chief, mallory.accountId, ban(until), CLIENT);
    await expect(services.sessions.admit(mallory.sid, true)).rejects.toMatchObject({ code: "signed-out" });
    expect(world.events).toContainEqual({
      type: "session-ended",
      session: services.sessions.idOf(mallory.sid),
    });
    await expect(mallory.signIn({ password: "another password" })).rejects.toMatchObject({
      code: "bad-credentials",
    });
    await expect(mallory.signIn({ typed: "000000" })).rejects.toMatchObject({ code: "bad-credentials" });
    await expect(mallory.signIn()).rejects.toMatchObject({
      code: "account-banned",
      restraint: { reason: "Spam", until },
    });
    expect(await services.sessions.ofAccount(mallory.accountId)).toEqual([]);
    world.pass(HOUR);
    const { sid } = await mallory.signIn();
    await services.sessions.admit(sid, true);
    await services.deleteExpired();
    expect((await people.read(mallory.accountId)).person.restraint).toBeNull();
    const events = await eventsOf(mallory.accountId);
    expect(events).toContainEqual({
      event: "account-restrained",
      detail: `banned until ${new Date(until).toISOString()} by ${chief.accountId}`,
    });
    expect(events).toContainEqual({ event: "restraint-lifted", detail: "its end came" });

    // Of what others did, the person is not told from where.
    const own = await services.sessions.admit(sid, true);
    const { entries } = await services.ownJournal.page(own);
    const { journal } = await services.accountData.read(own, CLIENT);
    for (const told of [entries, journal]) {
      expect(told).toContainEqual(
        expect.objectContaining({ event: "account-restrained", address: "", agent: "" }),
      );
      expect(told).toContainEqual(expect.objectContaining({ event: "sign-in", ...CLIENT }));
    }
  });

  test("are lifted, and kick ends sessions without one", async () => {
    const trent = await newSigner(world, "trent");
    await people.restrain(chief, trent.accountId, { kind: "suspended", reason: "", until: null }, CLIENT);
    await expect(trent.signIn()).rejects.toMatchObject({ code: "account-suspended" });
    await people.lift(chief, trent.accountId, CLIENT);
    const { sid } = await trent.signIn();
    await people.signOut(chief, trent.accountId, CLIENT);
    await expect(world.services.sessions.admit(sid, true)).rejects.toMatchObject({ code: "signed-out" });
    await trent.signIn();
  });

  test("by a moderator reach members alone, and nobody reaches themselves", async () => {
    const moderator = await newActor("moderator");
    await people.restrain(moderator, await newMember(), ban(), CLIENT);
    for (const { accountId } of [chief, await newActor("auditor"), moderator])
      await expect(people.restrain(moderator, accountId, ban(), CLIENT)).rejects.toMatchObject({
        code: "not-found",
      });
    await expect(people.restrain(chief, chief.accountId, ban(), CLIENT)).rejects.toMatchObject({
      code: "bad-request",
    });
    await expect(people.restrain(chief, newId(), ban(), CLIENT)).rejects.toMatchObject({ code: "not-found" });
    await expect(people.restrain(chief, await newMember(), ban(world.now()), CLIENT)).rejects.toMatchObject({
      code: "bad-request",
    });
  });
});

describe("the last administrator", () => {
  const last = { code: "last-administrator" };

  type Doer = Parameters<typeof people.restrain>[0];
  /** By somebody else, oneself or the command line. What is done to many is this, done to each of them. */
  const ways: Readonly<Record<string, (doer: Doer, name: string) => Promise<unknown>>> = {
    "another role": (doer) => people.setRole(doer, chief.accountId, "auditor", CLIENT),
    "a ban": (doer) => people.restrain(doer, chief.accountId, ban(), CLIENT),
    "a suspension": (doer) =>
      people.restrain(doer, chief.accountId, { ...ban(world.now() + HOUR), kind: "suspended" }, CLIENT),
    "a deletion": (doer, name) => people.delete(doer, chief.accountId, name, CLIENT),
    "their own deletion": (_, name) =>
      world.services.deletion.delete(chief, { name, departures: [] }, CLIENT),
  };

  test.each(Object.keys(ways))("stays one: %s takes away nothing", async (way) => {
    // Another session of somebody whose role was taken a moment ago.
    const late = await newActor("administrator");
    await people.setRole(chief, late.accountId, "member", CLIENT);
    const { name } = (await people.read(chief.accountId)).person;
    for (const doer of [late, { accountId: COMMAND_LINE, role: "administrator" } as const])
      await expect(ways[way]?.(doer, name)).rejects.toMatchObject(last);
    // Oneself has one way more to be refused.
    await expect(ways[way]?.(chief, name)).rejects.toMatchObject({
      code: expect.stringMatching(/^(last-administrator|bad-request)$/),
    });
    expect((await people.read(chief.accountId)).person).toMatchObject({
      role: "administrator",
      restraint: null,
    });
  });

  test("is the one who is not kept out", async () => {
    const second = await newActor("administrator");
    await people.restrain(chief, second.accountId, ban(), CLIENT);
    await expect(people.setRole(chief, chief.accountId, "auditor", CLIENT)).rejects.toMatchObject(last);
    await people.setRole(chief, second.accountId, "member", CLIENT);
  });

  test("is left of any number who take the role from each other at once", async () => {
    const all = [chief, ...(await Promise.all([1, 2, 3].map(() => newActor("administrator"))))];
    const outcomes = await Promise.allSettled(
      all.map((actor, i) => {
        const victim = (all[(i + 1) % all.length] as Admission).accountId;
        return i % 2 === 0
          ? people.setRole(actor, victim, "member", CLIENT)
          : people.restrain(actor, victim, ban(), CLIENT);
      }),
    );
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(1);
    const standing = await Promise.all(all.map(({ accountId }) => people.read(accountId)));
    const left = standing.filter(({ person }) => person.role === "administrator" && !person.restraint);
    expect(left).toHaveLength(1);
    const [{ person: survivor }] = left as [(typeof left)[0]];
    // And holds the seat: else the next start would print a link to it.
    expect(await world.services.firstRun.issueToken()).toBeNull();
    const seat = await world.database.state.find("administrator");
    expect(seat && Buffer.from(seat)).toEqual(column(survivor.id));
    chief = all.find(({ accountId }) => accountId === survivor.id) as Admission;
  });
});

describe("an authenticator that is ended", () => {
  const wrong = { code: "bad-credentials" };
  const over = { code: "expired" };

  async function enrol(enrolment: string, password = PASSWORD) {
    const { replacement, totpSecret } = await world.services.enrolment.start({ enrolment, password }, CLIENT);
    const totp = new TOTP({ secret: Secret.fromBase32(totpSecret) });
    const code = () => {
      world.pass(30_000);
      return totp.generate({ timestamp: world.now() });
    };
    const confirm = (typed = code()) =>
      world.services.enrolment.confirm({ enrolment, replacement, code: typed }, CLIENT);
    return { code, confirm };
  }

  test("lets nobody in any more, until password and link have made another, once", async () => {
    const lost = await newSigner(world, "lost");
    const session = { ...(await world.newResident()).session, accountId: lost.accountId };
    const [spare = ""] = (await world.services.signInCodes.replace(session, CLIENT)).codes;
    const { token, expiresAt } = await people.endAuthenticator(chief, lost.accountId, CLIENT);
    expect(expiresAt).toBe(world.now() + 24 * HOUR);
    await expect(world.services.sessions.admit(lost.sid, true)).rejects.toMatchObject({ code: "signed-out" });
    await expect(lost.signIn()).rejects.toMatchObject(wrong);
    await expect(lost.signIn({ typed: spare })).rejects.toMatchObject(wrong);
    await expect(enrol(token, "another password")).rejects.toMatchObject(wrong);
    const { code, confirm } = await enrol(token);
    await expect(confirm("000000")).rejects.toMatchObject({ code: "bad-code" });
    await confirm();
    await expect(enrol(token)).rejects.toMatchObject(over);
    await expect(confirm()).rejects.toMatchObject(over);
    await lost.signIn({ typed: code() });
    const events = await eventsOf(lost.accountId);
    expect(events).toContainEqual({ event: "authenticator-ended", detail: `by ${chief.accountId}` });
    expect(events).toContainEqual({ event: "authenticator-replaced", detail: "by a link" });
  });

  test("has one link: the newest, for a day, used by one of any number at once", async () => {
    const lost = await newSigner(world, "lost.again");
    const first = await people.endAuthenticator(chief, lost.accountId, CLIENT);
    const second = await people.endAuthenticator(chief, lost.accountId, CLIENT);
    await expect(enrol(first.token)).rejects.toMatchObject(over);
    const { code, confirm } = await enrol(second.token);
    const typed = code();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => confirm(typed)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const third = await people.endAuthenticator(chief, lost.accountId, CLIENT);
    world.pass(24 * HOUR);
    await expect(enrol(third.token)).rejects.toMatchObject(over);
    await world.services.deleteExpired();
    // What ended does not come back with the end of the link.
    await expect(lost.signIn({ typed: code() })).rejects.toMatchObject(wrong);
  });

  test("is never one's own", async () => {
    await expect(people.endAuthenticator(chief, chief.accountId, CLIENT)).rejects.toMatchObject({
      code: "bad-request",
    });
  });
});

test("one browser is signed out, and one loses its way to the keys", async () => {
  const { sessions } = world.services;
  const signer = await newSigner(world, "browsers");
  const { sid } = await signer.signIn();
  expect((await people.read(signer.accountId)).sessions).toHaveLength(2);
  const own = sessions.idOf(signer.sid);
  await expect(people.endSession(chief, await newMember(), own, CLIENT)).rejects.toMatchObject({
    code: "not-found",
  });
  await people.endSession(chief, signer.accountId, sessions.idOf(sid), CLIENT);
  await expect(sessions.admit(sid, true)).rejects.toMatchObject({ code: "signed-out" });
  await sessions.admit(signer.sid, true);

  const { account, certificate } = await world.newResident();
  const device = newId<DeviceId>();
  await world.database.pool.query(
    "INSERT INTO device (id, account_id, name, certificate, created_at) VALUES (?, ?, 'Laptop', ?, NOW(3))",
    [Buffer.from(idToBytes(device)), column(account), Buffer.from(certificate)],
  );
  expect((await people.read(account)).devices).toMatchObject([{ id: device, name: "Laptop" }]);
  await people.removeDevice(chief, account, device, CLIENT);
  expect((await people.read(account)).devices).toEqual([]);
  expect(await eventsOf(account)).toEqual([{ event: "device-removed", detail: `by ${chief.accountId}` }]);
});

test("a role is changed, and written down with what was before", async () => {
  const id = await newMember();
  await people.setRole(chief, id, "auditor", CLIENT);
  await people.setRole(chief, id, "auditor", CLIENT);
  expect(await roleOf(id)).toBe("auditor");
  expect(await eventsOf(id)).toEqual([
    { event: "role-changed", detail: `member -> auditor by ${chief.accountId}` },
  ]);
});

test("an account is deleted by its name, and its rooms go on", async () => {
  const [owner, leaver] = [await world.newResident(), await world.newResident()];
  await world.createRoom([
    [owner, "owner"],
    [leaver, "member"],
  ]);
  const { person, conversations } = await people.read(leaver.account);
  expect(conversations).toEqual({ direct: 0, rooms: 1 });
  const remove = (name: string) => people.delete(chief, leaver.account, name, CLIENT);
  await expect(remove("another")).rejects.toMatchObject({ code: "bad-request" });
  await remove(person.name);
  await expect(people.read(leaver.account)).rejects.toMatchObject({ code: "not-found" });
  expect((await people.read(owner.account)).conversations.rooms).toBe(1);
  expect(await eventsOf(leaver.account)).toContainEqual({
    event: "account-deletion",
    detail: `by ${chief.accountId}`,
  });
});

test("whoever types a whole name finds that person, however many others begin alike", async () => {
  const [first, second, third] = [await newMember(), await newMember(), await newMember()];
  const called = (id: AccountId, name: string, displayName: string) =>
    world.database.pool.query("UPDATE account SET name = ?, display_name = ? WHERE id = ?", [
      ...[name, displayName, column(id)],
    ]);
  await called(first, "marianne", "Marianne A");
  await called(second, "marian", "Marian B");
  await called(third, "mari", "Zoe");
  const found = async (text: string) =>
    (await world.database.accounts.search(text, chief.accountId, 2)).map(({ name }) => name);
  expect(await found("Mari")).toEqual(["mari", "marian"]);
  expect(await found("maria")).toEqual(["marian", "marianne"]);
  expect(await found("Zoe")).toEqual(["mari"]);
});

describeManyPeople(() => world);
