import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newSigner, PASSWORD } from "../testing/signer.ts";
import "../../testing/cheap-passwords.mjs";
import { type AccountId, idToBytes, newId, type ReportId } from "../../../lib/base/ids.ts";
import { ACCESS_TRIAL_MS, type AccessRule } from "../../../lib/protocol/access-rules.ts";
import type { Admission } from "../sessions.ts";
import { boxFor } from "../testing/report-boxes.ts";
import {
  CLIENT,
  openRoomWorld,
  type Resident,
  type RoomWorld,
  type TestRoom,
} from "../testing/room-world.ts";

const ELSEWHERE = { ...CLIENT, address: "203.0.113.9" };
const rule = (given: Partial<AccessRule>): AccessRule => ({
  effect: "deny",
  place: "server",
  by: "everybody",
  patterns: "",
  note: "",
  ...given,
});
const ONLY_HERE = [
  rule({ effect: "allow", by: "address", patterns: "192.0.2.0/24" }),
  rule({ effect: "deny" }),
];
const ONLY_ELSEWHERE = [
  rule({ effect: "allow", by: "address", patterns: ELSEWHERE.address }),
  rule({ effect: "deny" }),
];

let world: RoomWorld;
let access: RoomWorld["services"]["accessRules"];
let admin: RoomWorld["services"]["admin"]["accessRules"];
let chief: Admission;

const giveRole = (id: AccountId, role: string) =>
  world.database.pool.query("UPDATE account SET role = ? WHERE id = ?", [role, Buffer.from(idToBytes(id))]);
const set = (rules: readonly AccessRule[], trial = false, client = CLIENT) =>
  admin.set({ version: access.newest(), rules: [...rules], trial }, chief, client);
const isIn = (client: typeof CLIENT) => access.mayEnter("admin", null, client);
const journal = async (event: string) => {
  const rows: { detail: string }[] = await world.database.pool.query(
    "SELECT detail FROM journal WHERE event = ? ORDER BY id",
    [event],
  );
  return rows.map(({ detail }) => detail);
};

beforeAll(async () => {
  world = await openRoomWorld();
  access = world.services.accessRules;
  admin = world.services.admin.accessRules;
  const resident = await world.newResident();
  await world.services.firstRun.fill("administrator", resident.account, async () => true);
  const { accountId, sid } = await newSigner(world, "chief");
  await giveRole(accountId, "administrator");
  chief = await world.services.sessions.admit(sid, true);
}, 60_000);

afterAll(() => world?.close());

beforeEach(() => admin.switchOff(CLIENT));

describe("at the doors", () => {
  test("nobody registers or signs in from where nobody is let in, and the journal says so", async () => {
    const bob = await newSigner(world, "bob");
    await set(ONLY_HERE);
    await expect(bob.signIn({ client: ELSEWHERE })).rejects.toMatchObject({ code: "access-refused" });
    await bob.signIn();
    const form = { name: "eve", displayName: "Eve", password: PASSWORD };
    await expect(world.services.registration.start(form, ELSEWHERE)).rejects.toMatchObject({
      code: "access-refused",
    });
    const { registration } = await world.services.registration.start(form, CLIENT);
    await expect(
      world.services.registration.confirm({ registration, code: "000000" }, ELSEWHERE),
    ).rejects.toMatchObject({ code: "access-refused" });
    expect(await journal("access-denied")).toContain("access rules: server");
  });

  test("an address for e-mail decides as well, and a session follows it", async () => {
    const eve = await newSigner(world, "rival", "eve@rival.example");
    const session = await world.services.sessions.admit(eve.sid, true);
    await access.require("server", session, CLIENT);
    await set([rule({ by: "email", patterns: "*@rival.example" })]);
    const before = (await journal("access-denied")).length;
    // Browsers try again by themselves: that is written down once.
    for (let i = 0; i < 3; i++)
      await expect(access.require("server", session, CLIENT)).rejects.toMatchObject({
        code: "access-refused",
      });
    expect(await journal("access-denied")).toHaveLength(before + 1);
  });

  test("the administration is refused to whoever may enter it, and is none to others", async () => {
    await set([rule({ place: "admin", by: "address", patterns: ELSEWHERE.address })]);
    const enter = (who: Admission, client = ELSEWHERE) =>
      world.services.adminDoor.enter(who, "see-overview", client, true);
    await expect(enter(chief)).rejects.toMatchObject({ code: "access-refused" });
    await expect(enter({ ...chief, role: "member" })).rejects.toMatchObject({ code: "not-found" });
    await expect(enter(chief, CLIENT)).rejects.toMatchObject({ code: "step-up-required" });
    await access.require("server", chief, ELSEWHERE);
  });
});

describe("lock-out drills", () => {
  test("nobody shuts themselves out without wanting to", async () => {
    await expect(set(ONLY_ELSEWHERE)).rejects.toMatchObject({ code: "locks-out-author" });
    expect(isIn(CLIENT)).toBe(true);
    await expect(set([rule({ place: "admin" })])).rejects.toMatchObject({ code: "locks-out-author" });
  });

  test("what shuts out its author ends after ten minutes, whatever was restarted meanwhile", async () => {
    await set(ONLY_HERE);
    await set(ONLY_ELSEWHERE, true);
    expect([isIn(CLIENT), isIn(ELSEWHERE)]).toEqual([false, true]);
    // What another node, or the next start, reads from the database.
    await access.refresh();
    world.pass(ACCESS_TRIAL_MS - 1);
    expect(isIn(CLIENT)).toBe(false);
    world.pass(1);
    expect([isIn(CLIENT), isIn(ELSEWHERE)]).toEqual([true, false]);
    await access.refresh();
    await access.refresh();
    expect(await journal("access-rules-reverted")).toHaveLength(1);
    expect(access.current().rules).toEqual(ONLY_HERE);
  });

  test("a second trial does not outlive the rules from before the first", async () => {
    await set(ONLY_HERE);
    await set(ONLY_ELSEWHERE, true);
    await set([rule({})], true);
    world.pass(ACCESS_TRIAL_MS);
    expect(access.current().rules).toEqual(ONLY_HERE);
  });

  test("what was confirmed stays, and what is over cannot be", async () => {
    await set(ONLY_ELSEWHERE, true);
    const version = access.newest();
    await admin.confirm(version, chief, ELSEWHERE);
    world.pass(2 * ACCESS_TRIAL_MS);
    expect(isIn(CLIENT)).toBe(false);
    await set([rule({})], true, ELSEWHERE);
    world.pass(ACCESS_TRIAL_MS);
    await expect(admin.confirm(access.newest(), chief, ELSEWHERE)).rejects.toMatchObject({ code: "expired" });
    expect(access.current().version).toBe(version);
  });

  test("the command line lets everybody in again", async () => {
    await set([rule({})], true);
    await admin.confirm(access.newest(), chief, CLIENT);
    expect(isIn(CLIENT)).toBe(false);
    expect(await admin.switchOff(CLIENT)).toBe(true);
    expect(isIn(CLIENT)).toBe(true);
    expect(await admin.switchOff(CLIENT)).toBe(false);
  });

  test("who understands nothing of the rules lets nobody in", async () => {
    const { pool } = world.database;
    await set(ONLY_HERE);
    await pool.query("UPDATE access_rule_set SET rules = '[{}]', version = version + 1");
    await access.refresh();
    expect(isIn(CLIENT)).toBe(false);
  });
});

test("others' rules are not overwritten unread", async () => {
  const version = access.newest();
  await set(ONLY_HERE);
  await expect(admin.set({ version, rules: [], trial: false }, chief, CLIENT)).rejects.toMatchObject({
    code: "conflict",
  });
});

test("sockets are told to be judged anew once rules begin to hold, and once they end", async () => {
  const told = () => world.events.filter(({ type }) => type === "access-rules").length;
  const before = told();
  await set(ONLY_ELSEWHERE, true);
  expect(told()).toBe(before + 1);
  world.pass(ACCESS_TRIAL_MS);
  await access.refresh();
  expect(told()).toBe(before + 2);
});

test("a dry run names who would be shut out, and changes nothing", async () => {
  const ann = await newSigner(world, "ann");
  await ann.signIn({ client: ELSEWHERE });
  await ann.signIn({ client: ELSEWHERE });
  const found = await admin.try(ONLY_HERE, chief, CLIENT);
  expect(found).toMatchObject({ server: { people: 1, sessions: 2 }, admin: { people: 0 }, self: false });
  expect(found.server.names.map(({ id }) => id)).toEqual([ann.accountId]);
  expect(await admin.try(ONLY_ELSEWHERE, chief, CLIENT)).toMatchObject({ self: true, admin: { people: 1 } });
  expect(isIn(ELSEWHERE)).toBe(true);
});

describe("of one room", () => {
  let owner: Resident;
  let room: TestRoom;
  /** Kept out from elsewhere. */
  const onlyHere = () => [
    rule({ effect: "allow", place: "room", room: room.id, by: "address", patterns: CLIENT.address }),
    rule({ place: "room", room: room.id }),
  ];
  const refused = { code: "room-refused" };

  /** With a session that there is: whom rules judge, they know by it. */
  async function newMember(): Promise<Resident> {
    const resident = await world.newResident();
    const sid = await world.services.sessions.start(resident.account, CLIENT);
    return { ...resident, session: await world.services.sessions.admit(sid, true) };
  }

  beforeAll(async () => {
    owner = await newMember();
    room = await world.createRoom([[owner, "owner"]], { type: "public-room", name: "Vault" });
    await world.send(owner, room);
  });

  test("who is kept out reads nothing that is said, and does nothing; name, records and keys stay", async () => {
    await set(onlyHere());
    const { conversations, messages, records, roomProfiles, joining } = world.services;
    const list = async (client: typeof CLIENT) =>
      (await conversations.list(owner.session, client)).conversations;
    expect(await list(CLIENT)).toMatchObject([{ refused: false, lastSeq: 1, newest: { seq: 1 } }]);
    expect(await list(ELSEWHERE)).toMatchObject([{ refused: true, lastSeq: 0, newest: null }]);
    const page = (client: typeof CLIENT) => messages.page(owner.session, room.id, { after: 0 }, client);
    expect(await page(CLIENT)).toHaveLength(1);
    await expect(page(ELSEWHERE)).rejects.toMatchObject(refused);
    await expect(conversations.members(owner.session, room.id, ELSEWHERE)).rejects.toMatchObject(refused);
    const written = { record: new Uint8Array(1), boxes: [] };
    await expect(records.append(owner.session, room.id, written, ELSEWHERE)).rejects.toMatchObject(refused);
    expect((await conversations.records(owner.session, room.id, {}, ELSEWHERE)).records).toHaveLength(1);
    expect(await roomProfiles.find(owner.session, room.id, ELSEWHERE)).toHaveProperty("profile");
    expect(await joining.directory(owner.session, "Vault")).toHaveLength(1);
    // Whoever is no member is told what they were told before.
    const stranger = await newMember();
    const strange = conversations.members(stranger.session, room.id, ELSEWHERE);
    await expect(strange).rejects.toMatchObject({ code: "not-found" });
    expect(await journal("access-denied")).toContain(`access rules: ${room.id}`);
  });

  test("whoever moderates it knows of no report while kept out, and decides none", async () => {
    const reporter = await newMember();
    const { id } = await world.createRoom([
      [owner, "owner"],
      [reporter, "member"],
    ]);
    await set([
      rule({ effect: "allow", place: "room", room: id, by: "address", patterns: CLIENT.address }),
      rule({ place: "room", room: id }),
    ]);
    const { reports } = world.services;
    const report = newId<ReportId>();
    const written = {
      id: report,
      conversation: id,
      audience: "moderators",
      sealed: new Uint8Array(400),
    } as const;
    await reports.submit(reporter.session, { ...written, boxes: [boxFor(owner)] }, CLIENT);
    expect(await reports.waiting(owner.session, ELSEWHERE)).toMatchObject({ open: [] });
    const decide = (client: typeof CLIENT) => reports.decide(owner.session, report, "dismissed", client);
    await expect(decide(ELSEWHERE)).rejects.toMatchObject({ code: "not-found" });
    expect(await reports.waiting(owner.session, CLIENT)).toMatchObject({
      open: [{ conversation: id, count: 1 }],
    });
    await decide(CLIENT);
  });

  test("its author is not kept out of a room by mistake, but for ten minutes", async () => {
    const { pool } = world.database;
    await set([rule({ place: "room", room: room.id })]);
    // From here on the author is in it.
    await pool.query(
      "INSERT INTO conversation_member (conversation_id, account_id, role, delivered_seq, read_seq) VALUES (?, ?, 'member', 0, 0)",
      [room.id, chief.accountId].map((id) => Buffer.from(idToBytes(id))),
    );
    world.services.conversations.forget(room.id);
    const denied = [rule({ place: "room", room: room.id }), rule({ place: "admin", effect: "allow" })];
    await expect(set(denied)).rejects.toMatchObject({ code: "locks-out-author" });
    expect(await admin.try(denied, chief, CLIENT)).toMatchObject({ self: true });
    await set([]);
    await set(denied, true);
    expect([...access.refusedRooms(null, CLIENT)]).toEqual([room.id]);
    world.pass(ACCESS_TRIAL_MS);
    expect([...access.refusedRooms(null, CLIENT)]).toEqual([]);
  });

  test("a dry run names its members alone, and the list says which room it is", async () => {
    await newMember();
    const rules = [rule({ place: "room", room: room.id, by: "address", patterns: CLIENT.address })];
    const { rooms, server } = await admin.try(rules, chief, ELSEWHERE);
    expect(server.people).toBe(0);
    expect(rooms).toMatchObject([{ room: { id: room.id, name: "Vault" }, people: 2 }]);
    expect(rooms[0]?.names.map(({ id }) => id)).toContain(owner.account);
    await set(rules, false, ELSEWHERE);
    const [listed] = (await admin.read(ELSEWHERE)).rooms;
    expect(listed).toMatchObject({ id: room.id, kind: "public-room", owners: [{ id: owner.account }] });
    expect(await admin.findRooms("vau")).toEqual([listed]);
    expect(await admin.findRooms(room.id)).toEqual([listed]);
  });

  test("is not about a room that there is not, and outlives one that is deleted", async () => {
    await expect(set([rule({ place: "room", room: newId() })])).rejects.toMatchObject({ code: "not-found" });
    const other = await world.createRoom([[owner, "owner"]]);
    const rules = [rule({ place: "room", room: other.id })];
    await set(rules);
    await world.services.admin.rooms.delete(chief, other.id, 1, CLIENT);
    await set([...rules, rule({ effect: "allow" })]);
    expect(await admin.read(CLIENT)).toMatchObject({ rooms: [], rules: [{ room: other.id }, {}] });
  });
});
