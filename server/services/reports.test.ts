import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idToBytes, newId, type ReportId } from "../../lib/base/ids.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { WrittenReport } from "./reports.ts";
import { boxFor } from "./testing/report-boxes.ts";
import {
  CLIENT,
  gone,
  openRoomWorld,
  type Resident,
  type RoomWorld,
  ranked,
  type TestRoom,
} from "./testing/room-world.ts";

const DAY = 86_400_000;
const notFound = { code: "not-found" };
const badRequest = { code: "bad-request" };
const conflict = { code: "conflict" };

let world: RoomWorld;
let owner: Resident;
let moderator: Resident;
let member: Resident;
let outsider: Resident;
let steward: Resident;
let room: TestRoom;

beforeAll(async () => {
  world = await openRoomWorld();
  owner = await world.newResident();
  moderator = await world.newResident();
  member = await world.newResident();
  outsider = await world.newResident();
  steward = await world.newResident();
  await world.database.pool.query("UPDATE account SET role = 'administrator' WHERE id = ?", [
    Buffer.from(idToBytes(steward.account)),
  ]);
  room = await world.createRoom([
    [owner, "owner"],
    [moderator, "moderator"],
    [member, "member"],
  ]);
}, 60_000);

afterAll(() => world?.close());

const newReport = (more: Partial<WrittenReport> = {}): WrittenReport => ({
  id: newId<ReportId>(world.now()),
  conversation: room.id,
  audience: "moderators",
  sealed: new Uint8Array(randomBytes(400)),
  boxes: [boxFor(owner), boxFor(moderator)],
  ...more,
});

const submit = (who: Resident, report: WrittenReport) =>
  world.services.reports.submit(who.session, report, CLIENT);
const list = (who: Resident, conversation = room.id) =>
  world.services.reports.list(who.session, { conversation }, CLIENT);
const ofServer = (who: Resident) => world.services.reports.list(who.session, {}, CLIENT);
const waiting = (who: Resident) => world.services.reports.waiting(who.session, CLIENT);
const decide = (who: Resident, id: ReportId) =>
  world.services.reports.decide(who.session, id, "acted", CLIENT);

async function told(doing: () => Promise<unknown>) {
  const before = world.events.length;
  await doing();
  return world.events
    .slice(before)
    .flatMap((event) => (event.type === "notice" ? [event.account] : []))
    .sort();
}

describe("a report to moderators", () => {
  test("is theirs alone, until one of them decides, and the reporter is told once", async () => {
    const report = newReport();
    const recipients = [owner.account, moderator.account].sort();
    expect(await told(() => submit(member, report))).toEqual(recipients);
    expect(await told(() => submit(member, report))).toEqual([]);
    const [seen] = (await list(moderator)).reports;
    expect(seen).toMatchObject({ id: report.id, decision: null, reporter: { id: member.account } });
    expect(Buffer.from(seen?.sealed ?? []).equals(Buffer.from(report.sealed))).toBe(true);
    expect(Buffer.from(seen?.box ?? []).equals(Buffer.from(report.boxes[1]?.box ?? []))).toBe(true);
    expect(await waiting(moderator)).toMatchObject({ open: [{ conversation: room.id, count: 1 }] });
    for (const who of [member, outsider, steward]) {
      await expect(list(who)).rejects.toMatchObject(notFound);
      await expect(decide(who, report.id)).rejects.toMatchObject(notFound);
      expect(await waiting(who)).toMatchObject({ open: [] });
    }
    expect(await waiting(member)).toMatchObject({ outcomes: 0 });
    expect(await told(() => decide(owner, report.id))).toEqual([...recipients, member.account].sort());
    await expect(decide(moderator, report.id)).rejects.toMatchObject(conflict);
    expect((await list(moderator)).reports).toMatchObject([
      { id: report.id, decision: "acted", decidedBy: owner.account, decidedAt: world.now() },
    ]);
    expect(await waiting(moderator)).toMatchObject({ open: [] });
    const { events } = { events: await world.services.moderation.events(owner.session, room.id, CLIENT) };
    expect(events[0]).toMatchObject({ kind: "report", author: owner.account, account: null });
    expect((await world.services.reports.own(member.session)).reports).toMatchObject([
      { id: report.id, audience: "moderators", decision: "acted", seen: false },
    ]);
    expect(await waiting(member)).toMatchObject({ outcomes: 1 });
    await world.services.reports.markSeen(member.session);
    expect(await waiting(member)).toMatchObject({ outcomes: 0 });
  });

  test("comes from members, goes to whom it may, and is sealed to the keys they have", async () => {
    await expect(submit(outsider, newReport())).rejects.toMatchObject(notFound);
    const nowhere = newReport({ conversation: newId() });
    await expect(submit(outsider, nowhere)).rejects.toMatchObject(notFound);
    const refused: readonly [Partial<WrittenReport>, object][] = [
      [{ boxes: [boxFor(outsider)] }, conflict],
      [{ boxes: [boxFor(owner), boxFor(steward)] }, conflict],
      [{ audience: "administrators" }, conflict],
      [{ boxes: [boxFor(member)] }, badRequest],
      [{ boxes: [boxFor(owner), boxFor(owner)] }, badRequest],
      [{ boxes: [boxFor(owner, "conversation-key")] }, conflict],
      [{ boxes: [{ ...boxFor(moderator), account: owner.account }] }, conflict],
    ];
    for (const [more, error] of refused)
      await expect(submit(member, newReport(more))).rejects.toMatchObject(error);
    const report = newReport();
    await submit(member, report);
    await expect(
      submit(owner, newReport({ id: report.id, boxes: [boxFor(moderator)] })),
    ).rejects.toMatchObject(conflict);
  });

  test("is no longer read or decided by who does not moderate any more", async () => {
    const former = await world.newResident();
    let other = await world.createRoom([
      [owner, "owner"],
      [former, "moderator"],
      [member, "member"],
    ]);
    const report = newReport({ conversation: other.id, boxes: [boxFor(owner), boxFor(former)] });
    await submit(member, report);
    const everybody = [owner, former, member];
    other = await world.change(
      owner,
      other,
      { kind: "roles", changes: [ranked(former, "member")] },
      everybody,
    );
    await expect(list(former, other.id)).rejects.toMatchObject(notFound);
    await expect(decide(former, report.id)).rejects.toMatchObject(notFound);
    expect(await waiting(former)).toMatchObject({ open: [] });
    await world.change(owner, other, { kind: "remove", changes: [gone("remove", member)] }, everybody);
    await decide(owner, report.id);
    expect((await world.services.reports.own(member.session)).reports).toContainEqual(
      expect.objectContaining({ id: report.id, decision: "acted" }),
    );
  });
});

describe("a report to those who run the server", () => {
  test("comes from any conversation, also one of two", async () => {
    expect((await world.services.reports.stewards()).map(({ id }) => id)).toEqual([steward.account]);
    const direct = newReport({ audience: "administrators", boxes: [boxFor(steward)] });
    expect(await told(() => submit(owner, direct))).toEqual([steward.account]);
    expect((await ofServer(steward)).reports).toMatchObject([{ id: direct.id, conversation: room.id }]);
    expect(await waiting(steward)).toEqual({
      steward: true,
      open: [{ conversation: null, count: 1 }],
      outcomes: 0,
      warnings: [],
    });
    expect(await ofServer(owner)).toEqual({ reports: [], more: false });
    await expect(decide(moderator, direct.id)).rejects.toMatchObject(notFound);
    await decide(steward, direct.id);
    expect((await ofServer(steward)).reports).toMatchObject([{ decision: "acted" }]);
  });
});

describe("reports", () => {
  test("are few in one day, come in pages, what is open first, and end", async () => {
    const busy = await world.newResident();
    const here = await world.createRoom([
      [owner, "owner"],
      [busy, "member"],
    ]);
    const made: ReportId[] = [];
    const one = async () => {
      world.pass(1);
      const report = newReport({ conversation: here.id, boxes: [boxFor(owner)] });
      await submit(busy, report);
      made.unshift(report.id);
    };
    for (let i = 0; i < SERVER_LIMITS.reportsADay; i++) await one();
    await expect(one()).rejects.toMatchObject({ code: "too-many-requests" });
    world.pass(DAY + 1);
    for (let i = 0; i < 3; i++) await one();
    await decide(owner, made[0] as ReportId);
    await decide(owner, made[5] as ReportId);
    const first = await list(owner, here.id);
    expect(first).toMatchObject({ more: true });
    const before = first.reports.at(-1)?.id as ReportId;
    const rest = await world.services.reports.list(owner.session, { conversation: here.id, before }, CLIENT);
    expect(rest.more).toBe(false);
    const open = made.filter((id) => id !== made[0] && id !== made[5]);
    expect([...first.reports, ...rest.reports].map(({ id }) => id)).toEqual([...open, made[0], made[5]]);
    world.pass((SERVER_LIMITS.reportDecidedDays + 1) * DAY);
    await world.services.reports.deleteOld();
    expect((await list(owner, here.id)).reports.map(({ id }) => id)).toEqual(
      open.slice(0, SERVER_LIMITS.reportsPage),
    );
    world.pass(SERVER_LIMITS.reportDays * DAY);
    await world.services.reports.deleteOld();
    expect((await list(owner, here.id)).reports).toEqual([]);
  });
});
