import { afterAll, beforeAll, describe, expect, test } from "vitest";
import "../../testing/cheap-passwords.mjs";
import { idToBytes } from "../../../lib/base/ids.ts";
import { DEFAULT_POLICIES } from "../../../lib/protocol/policies.ts";
import type { Admission } from "../sessions.ts";
import { CLIENT, openRoomWorld, type Resident, type RoomWorld } from "../testing/room-world.ts";

const DAY = 86_400_000;

let world: RoomWorld;
let chief: Resident;

beforeAll(async () => {
  world = await openRoomWorld({ messageRetention: (30 * DAY) / 1000 });
  chief = await world.newResident();
}, 60_000);

afterAll(() => world?.close());

const journal = (): Promise<{ event: string; detail: string }[]> =>
  world.database.pool.query("SELECT event, detail FROM journal ORDER BY id");
const published = () => world.events.filter(({ type }) => type === "policies").length;

describe("policies", () => {
  const change = (changes: object) => world.services.policies.change(chief.account, changes, CLIENT);

  test("are what they are by default until somebody sets them", async () => {
    expect(world.services.policies.current()).toEqual(DEFAULT_POLICIES);
    expect(await world.services.policies.list()).toContainEqual({
      key: "passwordChars",
      value: 10,
      changed: null,
    });
  });

  test("hold at once, are written down with what was before, and told to other nodes", async () => {
    await change({ passwordChars: 14, registration: "closed", keyRenewalMonths: 6 });
    expect(world.services.policies.current()).toEqual({
      ...DEFAULT_POLICIES,
      passwordChars: 14,
      registration: "closed",
    });
    expect((await journal()).filter(({ event }) => event === "policy-changed")).toEqual([
      { event: "policy-changed", detail: "registration: open -> closed" },
      { event: "policy-changed", detail: "passwordChars: 10 -> 14" },
    ]);
    expect(published()).toBe(1);
    const set = (await world.services.policies.list()).filter(({ changed }) => changed !== null);
    expect(set.map(({ key, changed }) => [key, changed?.by?.id])).toEqual([
      ["registration", chief.account],
      ["passwordChars", chief.account],
    ]);
  });

  test("decide about registration: who may begin, and with which password", async () => {
    await world.services.firstRun.fill("administrator", chief.account, async () => true);
    const start = (password: string) =>
      world.services.registration.start({ name: "zoe", displayName: "Zoé", password }, CLIENT);
    await expect(start("correct horse battery")).rejects.toMatchObject({ code: "registration-closed" });
    await change({ registration: "open" });
    await expect(start("13 characters")).rejects.toMatchObject({ code: "bad-password" });
    await start("14 characters!");
    expect(world.services.registration.terms()).toEqual({
      registration: "open",
      passwordChars: 14,
      email: "unasked",
    });
  });

  test("say how much one account may change in a minute, from the moment on at which that is set", async () => {
    const write = (times: number) => () => {
      for (let i = 0; i < times; i++) world.services.takeWrite(chief.account);
    };
    expect(write(501)).not.toThrow();
    await change({ writesPerMinute: 500 });
    expect(write(1)).toThrow(expect.objectContaining({ code: "too-many-requests" }));
    await change({ writesPerMinute: 2_000 });
    expect(write(1_000)).not.toThrow();
  });

  test("let no registration end that was begun before it was closed", async () => {
    const form = { name: "yves", displayName: "Yves", password: "correct horse battery" };
    const { registration } = await world.services.registration.start(form, CLIENT);
    const confirm = () => world.services.registration.confirm({ registration, code: "000000" }, CLIENT);
    await expect(confirm()).rejects.toMatchObject({ code: "bad-code" });
    await change({ registration: "closed" });
    await expect(confirm()).rejects.toMatchObject({ code: "registration-closed" });
  });

  test("make retention shorter than the server was started with, never longer", async () => {
    const longest = () => world.services.retention.standing().longestRetention;
    expect(longest()).toBe((30 * DAY) / 1000);
    await change({ messageRetentionDays: 7 });
    expect(longest()).toBe((7 * DAY) / 1000);
    await change({ messageRetentionDays: 60 });
    expect(longest()).toBe((30 * DAY) / 1000);
  });

  test("that another node set are found, and what makes no sense counts as not set", async () => {
    const write = (key: string, value: string) =>
      world.database.pool.query(
        "INSERT INTO server_policy (`key`, value, changed_at) VALUES (?, ?, NOW(3)) ON DUPLICATE KEY UPDATE value = VALUES(value)",
        [key, value],
      );
    await write("adminIdleMinutes", "45");
    await write("passwordChars", "7");
    await write("sessionDays", "not JSON");
    await write("of another version", "1");
    expect(world.services.policies.current().adminIdleMinutes).toBe(30);
    await world.services.policies.refresh();
    expect(world.services.policies.current()).toMatchObject({
      adminIdleMinutes: 45,
      passwordChars: DEFAULT_POLICIES.passwordChars,
      sessionDays: DEFAULT_POLICIES.sessionDays,
    });
  });

  test("outlive the account that set them", async () => {
    const leaver = await world.newResident();
    await world.services.policies.change(leaver.account, { sessionIdleHours: 4 }, CLIENT);
    await world.database.pool.query("DELETE FROM account WHERE id = ?", [
      Buffer.from(idToBytes(leaver.account)),
    ]);
    const found = (await world.services.policies.list()).find(({ key }) => key === "sessionIdleHours");
    expect(found).toMatchObject({ value: 4, changed: { by: null } });
  });
});

describe("the door", () => {
  const admission = (role: Admission["role"]) => ({ ...chief.session, role }) as Admission;

  test("denies what a role may not, in the words for what is not there, and writes down a few", async () => {
    const enter = () => world.services.adminDoor.enter(admission("moderator"), "see-policies", CLIENT, true);
    for (let i = 0; i < 12; i++) await expect(enter()).rejects.toMatchObject({ code: "not-found" });
    const denied = (await journal()).filter(({ event }) => event === "access-denied");
    expect(denied).toEqual(
      Array.from({ length: 10 }, () => ({ event: "access-denied", detail: "permission see-policies" })),
    );
  });
});

describe("the overview", () => {
  test("counts people by when they were last there, messages and refused sign-ins by the day", async () => {
    const { services, database } = world;
    services.counts.add("messages", 3);
    services.counts.add("messages", 2);
    services.counts.add("failed-sign-ins");
    await services.counts.flush();
    services.counts.add("messages");
    await services.counts.flush();
    await services.telemetry.addOpenFailures({ "bad-signature": 2, "waiting-for-key": 5 });
    const dayAgo = (days: number) =>
      Number(new Date(world.now() - days * DAY).toISOString().slice(0, 10).replaceAll("-", ""));
    for (const days of [0, 6, 7, 29, 30]) {
      const person = await world.newResident();
      await database.pool.query("UPDATE account SET last_active_day = ? WHERE id = ?", [
        dayAgo(days),
        Buffer.from(idToBytes(person.account)),
      ]);
    }
    const present = await world.newResident();
    for (let i = 0; i < 2; i++) await database.sessions.markActive([present.account], dayAgo(0));
    const overview = await services.admin.overview.read();
    expect(overview.people).toMatchObject({ total: 7, today: 2, week: 3, month: 5 });
    expect(overview.activePeople.at(-1)).toEqual({ day: dayAgo(0), count: 1 });
    expect(overview.messages).toHaveLength(30);
    expect(overview.queues).toEqual({ messages: 0, passwords: 0, database: 0 });
    expect(overview.messages.at(-1)).toEqual({ day: dayAgo(0), count: 6 });
    expect(overview.messages.at(0)).toEqual({ day: dayAgo(29), count: 0 });
    expect(overview.failedSignIns.at(-1)?.count).toBe(1);
    const { messages } = await services.admin.overview.read("7");
    expect(messages).toEqual(overview.messages.slice(-7));
    expect(overview.openFailures).toEqual([
      { cause: "waiting-for-key", count: 5 },
      { cause: "bad-signature", count: 2 },
    ]);
    expect(overview.database.bytes).toBeGreaterThan(0);
  });

  test.each([
    ["SELECT COUNT(*) AS count FROM account WHERE last_active_day >= 20260101", "account_by_active_day"],
    ["SELECT day, count FROM daily_count WHERE kind = 'messages' AND day >= 20260101", "PRIMARY"],
  ])("answers %s from an index", async (sql, index) => {
    const [plan]: { key: string | null }[] = await world.database.pool.query(`EXPLAIN ${sql}`);
    expect(plan?.key).toBe(index);
  });
});

describe("announcements", () => {
  const HOUR = 3_600_000;
  const { create, refresh } = {
    create: (form: object) =>
      world.services.admin.announcements.create(
        { accountId: chief.account },
        { level: "information", text: "", french: "", startsAt: null, endsAt: world.now() + HOUR, ...form },
        CLIENT,
      ),
    /** What sockets were told, if anything. */
    async refresh(): Promise<string[] | null> {
      const before = world.events.length;
      await world.services.announcements.refresh();
      const [event] = world.events.slice(before);
      if (event?.type !== "announcements") return null;
      world.services.announcements.heard(event);
      return event.announcements.map(({ text }) => text);
    },
  };

  test("begin and end by themselves, warnings first, and are told once", async () => {
    await create({ text: "later", startsAt: world.now() + HOUR, endsAt: world.now() + 2 * HOUR });
    expect(await refresh()).toBe(null);
    world.pass(1_000);
    const { id } = await create({ text: "now", level: "warning", endsAt: world.now() + 3 * HOUR });
    expect(await refresh()).toEqual(["now"]);
    expect(await refresh()).toBe(null);
    world.pass(HOUR);
    expect(await refresh()).toEqual(["now", "later"]);
    expect(world.services.announcements.current()).toHaveLength(2);
    world.pass(HOUR);
    expect(await refresh()).toEqual(["now"]);
    await world.services.admin.announcements.end({ accountId: chief.account }, id, CLIENT);
    expect(await refresh()).toEqual([]);
    const written = (await journal()).filter(({ event }) => event.startsWith("announcement"));
    expect(written.map(({ event }) => event)).toEqual([
      "announcement-made",
      "announcement-made",
      "announcement-ended",
    ]);
  });

  test("are not made for a time that is past or has no end, and are forgotten after three months", async () => {
    for (const endsAt of [world.now(), world.now() + 367 * DAY])
      await expect(create({ text: "never", endsAt })).rejects.toMatchObject({ code: "bad-request" });
    const list = async () => (await world.services.admin.announcements.list()).announcements;
    expect((await list())[0]).toMatchObject({ text: "now", createdBy: { id: chief.account } });
    world.pass(91 * DAY);
    await world.services.admin.announcements.deleteOld();
    expect(await list()).toEqual([]);
  });
});
