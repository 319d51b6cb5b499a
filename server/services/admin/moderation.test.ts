import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idToBytes, type MessageId, newId, type ReportId } from "../../../lib/base/ids.ts";
import { type ActForm, REPORT_STATES } from "../../../lib/protocol/http/admin/moderation.ts";
import { parseEnvelope } from "../../../lib/protocol/layout/envelope.ts";
import { reportPageQuery } from "../../database/admin/moderation.ts";
import type { WrittenReport } from "../reports.ts";
import type { Admission } from "../sessions.ts";
import { boxFor } from "../testing/report-boxes.ts";
import {
  CLIENT,
  openRoomWorld,
  type Resident,
  type RoomWorld,
  type TestRoom,
} from "../testing/room-world.ts";

const DAY = 86_400_000;
const notFound = { code: "not-found" };
const badRequest = { code: "bad-request" };
const conflict = { code: "conflict" };

let world: RoomWorld;
let owner: Resident;
let member: Resident;
let outsider: Resident;
let steward: Resident;
let room: TestRoom;

beforeAll(async () => {
  world = await openRoomWorld();
  owner = await world.newResident();
  member = await world.newResident();
  outsider = await world.newResident();
  steward = await world.newResident();
  await world.database.pool.query("UPDATE account SET role = 'administrator' WHERE id = ?", [
    Buffer.from(idToBytes(steward.account)),
  ]);
  room = await world.createRoom([
    [owner, "owner"],
    [member, "member"],
  ]);
}, 60_000);

afterAll(() => world?.close());

/** To those who run the server. */
const newReport = (more: Partial<WrittenReport> = {}): WrittenReport => ({
  id: newId<ReportId>(world.now()),
  conversation: room.id,
  audience: "administrators",
  sealed: new Uint8Array(randomBytes(400)),
  boxes: [boxFor(steward)],
  ...more,
});

const submit = (who: Resident, report: WrittenReport) =>
  world.services.reports.submit(who.session, report, CLIENT);
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

describe("what follows from a report", () => {
  let culprit: Resident;
  let place: TestRoom;

  const act = (who: Resident, id: ReportId, form: Partial<ActForm>) =>
    world.services.admin.moderation.act(
      { ...who.session, role: "administrator" } as Admission,
      id,
      { about: culprit.account, measure: null, text: "", until: null, messages: [], ...form },
      CLIENT,
    );
  const reported = async () => {
    const report = newReport();
    await submit(owner, report);
    return report.id;
  };
  const untilOf = async (who: Resident) =>
    (await world.services.conversations.list(who.session, CLIENT)).conversations.map(
      ({ mutedUntil }) => mutedUntil,
    );
  const journal = () =>
    world.database.pool.query("SELECT event, detail FROM journal WHERE account_id = ? ORDER BY id DESC", [
      Buffer.from(idToBytes(culprit.account)),
    ]) as Promise<{ event: string; detail: string }[]>;

  beforeAll(async () => {
    culprit = await world.newResident();
    place = await world.createRoom([
      [culprit, "owner"],
      [member, "member"],
    ]);
  });

  test("never takes the last administrator away", async () => {
    const setRole = (who: Resident, role: string) =>
      world.database.pool.query("UPDATE account SET role = ? WHERE id = ?", [
        role,
        Buffer.from(idToBytes(who.account)),
      ]);
    const id = await reported();
    // A session of somebody whose role was taken a moment ago.
    await setRole(culprit, "administrator");
    await setRole(steward, "member");
    for (const measure of ["suspended", "banned"] as const)
      await expect(act(steward, id, { measure })).rejects.toMatchObject({ code: "last-administrator" });
    await setRole(steward, "administrator");
    await setRole(culprit, "member");
    expect((await ofServer(steward)).reports.find((report) => report.id === id)?.decision).toBeNull();
    await decide(steward, id);
  });

  test("is told the person until they have read it, and decided once with it", async () => {
    const id = await reported();
    const warning = { measure: "warned", text: "Be kind." } as const;
    await expect(act(outsider, id, warning)).rejects.toMatchObject(notFound);
    await expect(act(steward, id, { ...warning, about: newId() })).rejects.toMatchObject(notFound);
    await expect(act(steward, id, { ...warning, about: steward.account })).rejects.toMatchObject(badRequest);
    expect(await told(() => act(steward, id, warning))).toEqual(
      [owner.account, steward.account, culprit.account].sort(),
    );
    await expect(act(steward, id, { ...warning, text: "Again." })).rejects.toMatchObject(conflict);
    const { warnings } = await waiting(culprit);
    expect(warnings).toMatchObject([{ at: world.now(), text: "Be kind." }]);
    const [{ id: one } = { id: newId() }] = warnings;
    await expect(world.services.reports.readWarning(member.session, one as never)).rejects.toMatchObject(
      notFound,
    );
    await world.services.reports.readWarning(culprit.session, one as never);
    expect((await waiting(culprit)).warnings).toEqual([]);
    expect((await ofServer(steward)).reports).toContainEqual(
      expect.objectContaining({ id, decision: "acted", measure: "warned", erased: false }),
    );
    expect((await world.services.admin.moderation.list("acted")).rows).toContainEqual(
      expect.objectContaining({
        id,
        measure: "warned",
        about: expect.objectContaining({ id: culprit.account }),
      }),
    );
    expect((await world.services.reports.own(owner.session)).reports[0]).not.toHaveProperty("measure");
    expect(await journal()).toEqual([
      { event: "account-warned", detail: `report ${id} by ${steward.account}` },
    ]);
  });

  test("is that somebody writes nowhere for a time, and reads", async () => {
    const direct = await world.createRoom(
      [
        [culprit, "owner"],
        [outsider, "owner"],
      ],
      { type: "direct" },
    );
    await world.send(culprit, direct);
    const until = world.now() + DAY;
    const id = await reported();
    const mute = { measure: "muted", text: "A day off." } as const;
    await expect(act(steward, id, { ...mute, until: world.now() })).rejects.toMatchObject(badRequest);
    await act(steward, id, { ...mute, until });
    const muted = { code: "muted" };
    for (const where of [direct, place])
      await expect(world.send(culprit, where)).rejects.toMatchObject(muted);
    await expect(world.createRoom([[culprit, "owner"]])).rejects.toMatchObject(muted);
    const profile = { revision: 2, profile: new Uint8Array() };
    await expect(
      world.services.roomProfiles.put(culprit.session, place.id, profile, CLIENT),
    ).rejects.toMatchObject(muted);
    await world.send(member, place);
    expect(await untilOf(culprit)).toEqual([until, until]);
    expect(world.events).toContainEqual({
      type: "muted",
      account: culprit.account,
      conversation: direct.id,
      until,
    });
    expect((await waiting(culprit)).warnings).toMatchObject([{ text: "A day off." }]);
    expect((await journal())[0]?.detail).toMatch(/^muted until \S+ report \S+ by /);
    const { people } = world.services.admin;
    const chief = { ...steward.session, role: "administrator" } as Admission;
    expect((await people.list({ group: "muted" })).rows.map(({ id }) => id)).toEqual([culprit.account]);
    await people.lift(chief, culprit.account, CLIENT);
    await world.send(culprit, direct);
    expect(await untilOf(culprit)).toEqual([null, null]);
    await people.restrain(chief, culprit.account, { kind: "muted", reason: "", until }, CLIENT);
    world.pass(DAY);
    await world.send(culprit, place);
  });

  test("is that its message goes from this server, and no other", async () => {
    const kept = await world.send(member, place);
    const seq = await world.send(culprit, place);
    const page = () => world.services.messages.page(member.session, place.id, { after: 0 }, CLIENT);
    const idOf = async (at: number) => {
      const stored = (await page()).find((one) => one.seq === at);
      return parseEnvelope(stored?.envelope ?? new Uint8Array()).header.message as MessageId;
    };
    const messages = [await idOf(seq), await idOf(kept)];
    const report = newReport({ conversation: place.id });
    await submit(member, report);
    await act(steward, report.id, { messages });
    const sizes = new Map((await page()).map((one) => [one.seq, one.envelope.length]));
    expect([sizes.get(seq), sizes.get(kept)]).toEqual([32, expect.any(Number)]);
    expect(sizes.get(kept)).toBeGreaterThan(32);
    expect((await ofServer(steward)).reports).toContainEqual(
      expect.objectContaining({ id: report.id, measure: null, erased: true }),
    );
    expect((await journal())[0]?.event).toBe("messages-erased");
    // There is nothing left of it.
    const again = newReport({ ...report, id: newId<ReportId>() });
    await submit(member, again);
    await act(steward, again.id, { messages });
    expect((await ofServer(steward)).reports).toContainEqual(
      expect.objectContaining({ id: again.id, decision: "acted", erased: false }),
    );
  });

  test("is a ban, of which nothing is done where the decision was somebody else's", async () => {
    const id = await reported();
    await decide(steward, id);
    const ban = { measure: "banned", text: "Enough." } as const;
    await expect(act(steward, id, ban)).rejects.toMatchObject(conflict);
    const { people } = world.services.admin;
    expect((await people.read(culprit.account)).person.restraint?.kind).not.toBe("banned");
    await act(steward, await reported(), ban);
    expect((await people.read(culprit.account)).person.restraint).toMatchObject({
      kind: "banned",
      until: null,
    });
    expect((await waiting(culprit)).warnings.map(({ text }) => text)).not.toContain("Enough.");
  });
});

describe("the administration's list", () => {
  test("has what goes to those who run the server, with who decided what, and nothing of what it says", async () => {
    const { moderation } = world.services.admin;
    const ids: ReportId[] = [];
    for (let i = 0; i < 2; i++) {
      world.pass(1);
      const report = newReport();
      await submit(member, report);
      ids.unshift(report.id);
    }
    const [newest, oldest] = ids as [ReportId, ReportId];
    await decide(steward, newest);
    const { rows, next, waiting } = await moderation.list();
    expect(rows.slice(0, 2)).toMatchObject([
      {
        id: newest,
        reporter: { id: member.account },
        room: { id: room.id, name: null },
        decision: "acted",
        decidedBy: { id: steward.account },
        decidedAt: world.now(),
      },
      { id: oldest, decision: null, decidedBy: null },
    ]);
    expect(next).toBeNull();
    expect(waiting).toEqual({ count: 1, since: rows[1]?.at });
    expect((await moderation.list("open")).rows.map(({ id }) => id)).toEqual([oldest]);
    expect((await moderation.list("dismissed")).rows).toEqual([]);
    const after = `${rows[0]?.at}~${newest}`;
    expect((await moderation.list("all", after)).rows[0]?.id).toBe(oldest);
    expect(Object.keys(rows[0] ?? {})).not.toContain("sealed");
  });

  test("finds a page of 20,000 by an index, wherever it begins", async () => {
    const { pool } = world.database;
    await pool.query(
      `INSERT INTO report (id, conversation_id, reporter_id, audience, created_at, sealed, decision, decided_at)
       SELECT UNHEX(LPAD(HEX(seq), 32, '0')), ?, ?, 'administrators', TIMESTAMPADD(MINUTE, seq, '2020-01-01'), '',
              ELT(seq % 3, 'acted', 'dismissed'), NULL FROM seq_1_to_20000`,
      [room.id, owner.account].map((id) => Buffer.from(idToBytes(id))),
    );
    await pool.query("ANALYZE TABLE report");
    for (const state of REPORT_STATES)
      for (const after of [null, { at: Date.UTC(2020, 0, 8), id: newId<ReportId>() }]) {
        const { sql, values } = reportPageQuery(state, after, 51);
        const [plan]: { key: string; Extra: string }[] = await pool.query(`EXPLAIN ${sql}`, values);
        expect(plan?.key).toMatch(/^report_by_audience/);
        expect(plan?.Extra).not.toMatch(/filesort|temporary/);
      }
    await pool.query("DELETE FROM report WHERE created_at < '2021-01-01'");
  });
});
