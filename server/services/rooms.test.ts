import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type AccountId, idToBytes, newId } from "../../lib/base/ids.ts";
import { directConversationId } from "../../lib/crypto/direct-conversation.ts";
import { continueConversation, createConversation } from "../../lib/crypto/record.ts";
import { newPerson } from "../../lib/crypto/testing/people.ts";
import { asMembers, WEEK_POLICY } from "../../lib/crypto/testing/rooms.ts";
import type { Role } from "../../lib/protocol/layout/member-change.ts";
import {
  added,
  CLIENT,
  commitment,
  emptyBox,
  entriesOf,
  gone,
  nextRecord,
  openRoomWorld,
  publicProfile,
  type Resident,
  type RoomWorld,
  ranked,
  sealedProfile,
  type TestRoom,
} from "./testing/room-world.ts";

const notFound = { code: "not-found" };
const badRequest = { code: "bad-request" };
const conflict = { code: "conflict" };

let world: RoomWorld;
let owner: Resident;
let moderator: Resident;
let member: Resident;
let outsider: Resident;

beforeAll(async () => {
  world = await openRoomWorld();
  owner = await world.newResident();
  moderator = await world.newResident();
  member = await world.newResident();
  outsider = await world.newResident();
}, 60_000);

afterAll(() => world?.close());

beforeEach(() => {
  world.events.length = 0;
});

const everybody = () => [owner, moderator, member, outsider];
const cast = (): [Resident, Role][] => [
  [owner, "owner"],
  [moderator, "moderator"],
  [member, "member"],
];
const listed = async ({ session }: Resident, { id }: TestRoom) =>
  (await world.services.conversations.list(session, CLIENT)).conversations.find((one) => one.id === id);

describe("a new room", () => {
  test("is there for its members and for nobody else", async () => {
    const room = await world.createRoom(cast());
    expect(world.events).toMatchObject([{ type: "record", conversation: room.id, number: 1 }]);
    expect(await listed(member, room)).toMatchObject({
      kind: "private-room",
      memberCount: 3,
      firstSeq: 1,
      mutedUntil: null,
      members: [{ id: member.account }],
    });
    expect(await listed(outsider, room)).toBeUndefined();
    const members = await world.services.conversations.members(member.session, room.id, CLIENT);
    expect(members.map(({ id }) => id).sort()).toEqual(
      cast()
        .map(([{ account }]) => account)
        .sort(),
    );
    await expect(
      world.services.conversations.members(outsider.session, room.id, CLIENT),
    ).rejects.toMatchObject(notFound);
    const chain = await world.services.conversations.records(member.session, room.id, {}, CLIENT);
    expect(chain).toMatchObject({ recordNumber: 1, boxes: [{ keyEpoch: 1 }] });
    const rest = await world.services.conversations.records(member.session, room.id, { after: 1 }, CLIENT);
    expect(rest).toMatchObject({ recordNumber: 1, records: [], boxes: [{ keyEpoch: 1 }] });
  });

  test("names the newest message's sender", async () => {
    const room = await world.createRoom(cast());
    await world.send(moderator, room);
    const row = await listed(member, room);
    expect(row?.members.map(({ id }) => id).sort()).toEqual([member.account, moderator.account].sort());
    expect(row?.newest?.seq).toBe(1);
  });

  test.each(["private-room", "public-room"] as const)("has a first profile: %s", async (type) => {
    const room = await world.createRoom(cast(), { type });
    const { record, boxes } = await firstRecord(type);
    const create = (profile?: Uint8Array) =>
      world.services.records.create(owner.session, {
        record: record.bytes,
        boxes,
        ...(profile && { profile: new Uint8Array(profile) }),
      });
    await expect(create()).rejects.toMatchObject(badRequest);
    await expect(create(sealedProfile(1, 2))).rejects.toMatchObject(badRequest);
    await expect(create(new Uint8Array(9))).rejects.toMatchObject(badRequest);
    const replaced = { ...owner, transportKeyId: member.transportKeyId };
    const late = await firstRecord(type, replaced);
    const form = { record: late.record.bytes, boxes: late.boxes, profile: sealedProfile(1, 1) };
    await expect(world.services.records.create(owner.session, form)).rejects.toMatchObject(conflict);
    if (type === "public-room") {
      await expect(create(sealedProfile(1, 1))).rejects.toMatchObject(badRequest);
      const other = await publicProfile(owner, room.state, 1, "Garden");
      await expect(create(other)).rejects.toMatchObject(badRequest);
      const forged = await publicProfile(member, record.state, 1, "Garden");
      await expect(create(forged)).rejects.toMatchObject(badRequest);
      const nameless = await publicProfile(owner, record.state, 1, "");
      await expect(create(nameless)).rejects.toMatchObject(badRequest);
    }
  });

  test("has an identifier of its own: not the one that two people will need, and no old one", async () => {
    const ofTwo = await directConversationId(member.account, outsider.account);
    const old = newId<TestRoom["id"]>(world.now() - 2 * 86_400_000);
    for (const id of [ofTwo, old]) {
      const { record, boxes } = await firstRecord("private-room", owner, id);
      const form = { record: record.bytes, boxes, profile: sealedProfile(1, 1) };
      await expect(world.services.records.create(owner.session, form)).rejects.toMatchObject(badRequest);
    }
  });

  async function firstRecord(
    type: "private-room" | "public-room",
    recipient = owner,
    conversation = newId<TestRoom["id"]>(world.now()),
  ) {
    const boxes = [emptyBox(recipient)];
    const draft = {
      conversation,
      type,
      members: asMembers([[owner, "owner"]]),
      policy: WEEK_POLICY,
      keyCommitment: commitment(conversation, 1),
      boxes: await entriesOf(boxes, 1),
      time: 1,
    };
    return { record: await createConversation(draft, owner), boxes };
  }
});

describe("records", () => {
  test("let in, promote, remove, and are told to all whom they concern", async () => {
    let room = await world.createRoom(cast());
    await world.send(owner, room);
    room = await world.change(moderator, room, { kind: "add", changes: [added(outsider)] }, everybody());
    expect(world.events.at(-1)).toMatchObject({
      type: "record",
      number: 2,
      members: expect.arrayContaining([outsider.account, owner.account]),
    });
    expect(await listed(outsider, room)).toMatchObject({ memberCount: 4, firstSeq: 2, newest: null });
    const page = (who: Resident) => world.services.messages.page(who.session, room.id, { after: 0 }, CLIENT);
    expect(await page(outsider)).toEqual([]);
    expect(await page(member)).toHaveLength(1);
    await world.send(outsider, room);
    expect((await page(outsider)).map(({ seq }) => seq)).toEqual([2]);
    const promotion = ranked(outsider, "moderator");
    room = await world.change(owner, room, { kind: "roles", changes: [promotion] }, everybody());
    room = await world.change(
      owner,
      room,
      { kind: "remove", changes: [gone("remove", outsider)] },
      everybody(),
    );
    expect(world.events.at(-1)).toMatchObject({ members: expect.arrayContaining([outsider.account]) });
    expect(await listed(outsider, room)).toBeUndefined();
    expect(await listed(member, room)).toMatchObject({ memberCount: 3, recordNumber: 4 });
    await expect(page(outsider)).rejects.toMatchObject(notFound);
    await expect(world.send(outsider, room)).rejects.toMatchObject(notFound);
  });

  test("show newcomers everything where history is for all", async () => {
    let room = await world.createRoom(cast(), { policy: { history: "all" } });
    await world.send(owner, room);
    room = await world.change(owner, room, { kind: "rotate" }, everybody());
    const { record: dry } = await nextRecord(
      owner,
      room.state,
      { kind: "add", changes: [added(outsider)] },
      everybody(),
    );
    expect(dry.record.keyEpoch).toBe(2);
    const boxes = [emptyBox(outsider), { ...emptyBox(outsider), keyEpoch: 1 }];
    const record = await continueConversation(
      room.state,
      { kind: "add", changes: [added(outsider)], boxes: await entriesOf(boxes, 2), time: 2 },
      owner,
    );
    room = await world.append(owner, room, record, boxes);
    expect(await listed(outsider, room)).toMatchObject({ firstSeq: 1, newest: { seq: 1 } });
    const { boxes: own } = await world.services.conversations.records(outsider.session, room.id, {}, CLIENT);
    expect(own.map(({ keyEpoch }) => keyEpoch)).toEqual([1, 2]);
  });

  test("take back who left, in the same key epoch", async () => {
    let room = await world.createRoom(cast());
    room = await world.change(
      member,
      room,
      { kind: "remove", changes: [gone("remove", member)] },
      everybody(),
    );
    expect(await listed(member, room)).toBeUndefined();
    await world.send(owner, room);
    room = await world.change(owner, room, { kind: "add", changes: [added(member)] }, everybody());
    expect(await listed(member, room)).toMatchObject({ firstSeq: 2, members: [{ readSeq: 1 }] });
  });

  test("of two at once, one wins and the other is told", async () => {
    const room = await world.createRoom(cast());
    const drafts = await Promise.all([
      nextRecord(owner, room.state, { kind: "add", changes: [added(outsider)] }, everybody()),
      nextRecord(moderator, room.state, { kind: "remove", changes: [gone("remove", member)] }, everybody()),
    ]);
    const outcomes = await Promise.allSettled(
      [owner, moderator].map((author, i) => {
        const { record, boxes } = drafts[i] as (typeof drafts)[0];
        return world.append(author, room, record, boxes);
      }),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: conflict });
  });

  test("are refused where the rules refuse them", async () => {
    const room = await world.createRoom(cast());
    const attempt = async (author: Resident, change: Parameters<typeof nextRecord>[2]) => {
      // As if the author were an owner: the rules of this side refuse, not those of the author's own.
      const powerful = {
        ...room.state,
        members: new Map(room.state.members).set(author.account, { ...author, role: "owner" }),
        banned: new Set<AccountId>(),
      };
      const { record, boxes } = await nextRecord(author, powerful, change, everybody());
      await world.append(author, room, record, boxes);
    };
    await expect(attempt(member, { kind: "add", changes: [added(outsider)] })).rejects.toMatchObject(
      badRequest,
    );
    const policy = { ...room.state.policy, posting: "moderators" } as const;
    for (const who of [member, moderator])
      await expect(attempt(who, { kind: "policy", policy })).rejects.toMatchObject(badRequest);
    const removal = { kind: "remove", changes: [gone("remove", owner)] } as const;
    await expect(attempt(moderator, removal)).rejects.toMatchObject(badRequest);
    await expect(attempt(outsider, { kind: "rotate" })).rejects.toMatchObject(notFound);
    const banned = await world.change(
      owner,
      room,
      { kind: "bans", changes: [gone("ban", outsider)] },
      everybody(),
    );
    const unbanned = { ...banned.state, banned: new Set<AccountId>() };
    const again = await nextRecord(owner, unbanned, { kind: "add", changes: [added(outsider)] }, everybody());
    await expect(world.append(owner, banned, again.record, again.boxes)).rejects.toMatchObject(badRequest);
  });

  test("come with a box for each who needs one, for the key they have", async () => {
    const room = await world.createRoom(cast());
    const draft = { kind: "rotate" } as const;
    const { record, boxes } = await nextRecord(owner, room.state, draft, everybody());
    const append = (sent: typeof boxes) => world.append(owner, room, record, sent);
    await expect(append(boxes.slice(1))).rejects.toMatchObject(badRequest);
    await expect(append([...boxes, emptyBox(outsider)])).rejects.toMatchObject(badRequest);
    const astray = await nextRecord(owner, room.state, draft, [
      owner,
      moderator,
      { ...member, transportKeyId: outsider.transportKeyId },
    ]);
    await expect(world.append(owner, room, astray.record, astray.boxes)).rejects.toMatchObject(conflict);
    await append(boxes);
  });

  test("name newcomers who exist, as they are", async () => {
    const room = await world.createRoom(cast());
    const nobody = {
      ...(await newPerson()),
      session: owner.session,
      transportKeyId: outsider.transportKeyId,
    };
    const add = (person: Resident) =>
      world.change(owner, room, { kind: "add", changes: [added(person)] }, [person]);
    await expect(add(nobody)).rejects.toMatchObject(notFound);
    await expect(add({ ...outsider, certificateHash: member.certificateHash })).rejects.toMatchObject(
      notFound,
    );
    expect(await listed(owner, room)).toMatchObject({ recordNumber: 1 });
  });
});

describe("the end", () => {
  test("the last owner hands over before leaving", async () => {
    let room = await world.createRoom(cast());
    const leave = { kind: "remove", changes: [gone("remove", owner)] } as const;
    await expect(world.change(owner, room, leave, everybody())).rejects.toMatchObject({ code: "last-owner" });
    const heir = ranked(moderator, "owner");
    room = await world.change(owner, room, { kind: "roles", changes: [heir] }, everybody());
    room = await world.change(owner, room, leave, everybody());
    expect(room.state.members.has(owner.account)).toBe(false);
  });

  test("the last member takes the room along", async () => {
    const room = await world.createRoom([[owner, "owner"]]);
    const leave = { kind: "remove", changes: [gone("remove", owner)] } as const;
    await world.change(owner, room, leave, everybody());
    expect(world.events.at(-1)).toMatchObject({ type: "closed", conversation: room.id });
    await expectErased(room);
  });

  test("it has come also where the room's content cannot be erased at once, and that follows", async () => {
    const room = await world.createRoom([[owner, "owner"]]);
    vi.spyOn(world.database.records, "erase").mockRejectedValueOnce(new Error("the database is away"));
    const leave = { kind: "remove", changes: [gone("remove", owner)] } as const;
    await world.change(owner, room, leave, everybody());
    expect(world.events.at(-1)).toMatchObject({ type: "closed", conversation: room.id });
    expect(await listed(owner, room)).toBeUndefined();
    await world.services.deleteExpired();
    await expectErased(room);
  });

  test("an owner deletes a room with everything in it", async () => {
    const room = await world.createRoom(cast(), { type: "public-room", name: "Short-lived" });
    await world.send(member, room);
    await world.services.moderation.mute(
      owner.session,
      room.id,
      { account: member.account, until: 9 },
      CLIENT,
    );
    const removeAll = { kind: "remove", changes: cast().map(([one]) => gone("remove", one)) } as const;
    const { record } = await nextRecord(owner, room.state, removeAll, []);
    const end = (who: Resident, bytes = record.bytes) =>
      world.services.records.delete(who.session, room.id, bytes, CLIENT);
    await expect(end(outsider)).rejects.toMatchObject(notFound);
    await expect(end(member)).rejects.toMatchObject(notFound);
    await expect(end(moderator)).rejects.toMatchObject(badRequest);
    const one = await nextRecord(owner, room.state, { kind: "rotate" }, everybody());
    await expect(end(owner, one.record.bytes)).rejects.toMatchObject(badRequest);
    await end(owner);
    expect(world.events.at(-1)).toMatchObject({
      type: "closed",
      conversation: room.id,
      members: expect.arrayContaining([owner.account, moderator.account, member.account]),
    });
    expect(await listed(owner, room)).toBeUndefined();
    await expectErased(room);
    await expect(end(owner)).rejects.toMatchObject(notFound);
  });

  test("a room outlives its last owner's account, and moderators own it then", async () => {
    const last = await world.newResident();
    let room = await world.createRoom([
      [last, "owner"],
      [moderator, "moderator"],
      [member, "member"],
    ]);
    await world.send(last, room);
    const leave = { kind: "remove", changes: [gone("remove", last)] } as const;
    const { record } = await nextRecord(last, room.state, leave, []);
    const account = await world.database.accounts.findById(last.account);
    await world.services.deletion.delete(
      last.session,
      { name: account?.name ?? "", departures: [{ conversation: room.id, record: record.bytes }] },
      CLIENT,
    );
    await world.services.deletion.resume(false);
    expect(world.events).toContainEqual(
      expect.objectContaining({ type: "record", number: 2, conversation: room.id }),
    );
    room = { ...room, state: record.state };
    expect(await listed(member, room)).toMatchObject({ closed: false, memberCount: 2, recordNumber: 2 });
    await world.send(member, room);
    const policy = { ...room.state.policy, slowSeconds: 7 };
    room = await world.change(moderator, room, { kind: "policy", policy }, everybody());
    await world.services.deletion.drain();
  });

  async function expectErased({ id }: TestRoom): Promise<void> {
    const ofMembers = ["conversation_member", "conversation_box", "conversation_ban", "join_request"];
    const tables = ["message", "conversation_record", "moderation_event", ...ofMembers];
    for (const table of tables) {
      const rows: unknown[] = await world.database.pool.query(
        `SELECT 1 FROM ${table} WHERE conversation_id = ?`,
        [Buffer.from(idToBytes(id))],
      );
      expect(rows).toEqual([]);
    }
  }
});
