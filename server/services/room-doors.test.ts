import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ConversationId, type InvitationId, newId } from "../../lib/base/ids.ts";
import { signJoinRequest } from "../../lib/crypto/join-request.ts";
import { newSigningEpoch } from "../../lib/crypto/testing/people.ts";
import { KEY_TYPE } from "../../lib/protocol/layout/certificate.ts";
import type { Role } from "../../lib/protocol/layout/member-change.ts";
import { createJoinRequests } from "../database/join-requests.ts";
import { SERVER_LIMITS } from "../limits.ts";
import {
  added,
  CLIENT,
  gone,
  nextRecord,
  openRoomWorld,
  publicProfile,
  type Resident,
  type RoomWorld,
  sealedProfile,
  type TestRoom,
} from "./testing/room-world.ts";

const notFound = { code: "not-found" };
const badRequest = { code: "bad-request" };
const conflict = { code: "conflict" };
const DAY_MS = 86_400_000;

let world: RoomWorld;
let owner: Resident;
let moderator: Resident;
let member: Resident;
let joiner: Resident;

beforeAll(async () => {
  world = await openRoomWorld();
  owner = await world.newResident();
  moderator = await world.newResident();
  member = await world.newResident();
  joiner = await world.newResident();
}, 60_000);

afterAll(() => world?.close());

beforeEach(() => {
  world.events.length = 0;
});

const everybody = () => [owner, moderator, member, joiner];
const cast = (): [Resident, Role][] => [
  [owner, "owner"],
  [moderator, "moderator"],
  [member, "member"],
];

/** A request as the joiner's browser signs it. */
function requestOf(
  { account, certificateHash, key }: Resident,
  conversation: ConversationId,
  isInvited = false,
  changes: object = {},
) {
  const invited = isInvited ? { invitation: newId<InvitationId>(), proof: new Uint8Array(32).fill(1) } : null;
  return signJoinRequest(key, { conversation, account, certificateHash, invited, time: 1, ...changes });
}

const setArchived = ({ id }: TestRoom, archived: boolean) =>
  world.services.admin.rooms.setArchived({ accountId: null }, id, archived, CLIENT);
const join = async (who: Resident, { id }: TestRoom, isInvited = false) =>
  world.services.joining.join(who.session, id, await requestOf(who, id, isInvited), CLIENT);
const requests = ({ session }: Resident, { id }: TestRoom) =>
  world.services.joining.requests(session, id, CLIENT);
const search = async ({ session }: Resident, text: string) =>
  (await world.services.joining.directory(session, text)).map(({ name, standing }) => `${name}: ${standing}`);

describe("the directory", () => {
  test("finds public rooms by name and topic, case and accents aside, the largest first", async () => {
    await world.createRoom([[owner, "owner"]], {
      type: "public-room",
      name: "Rock Garden",
      topic: "100% stones",
    });
    await world.createRoom(cast(), { type: "public-room", name: "Crème & roses", topic: "a gärden of food" });
    await world.createRoom(cast(), { name: "Secret garden" });
    expect(await search(joiner, "garden")).toEqual(["Crème & roses: none", "Rock Garden: none"]);
    expect(await search(owner, "CREME")).toEqual(["Crème & roses: member"]);
    expect(await search(joiner, "0%")).toEqual(["Rock Garden: none"]);
    expect(await search(joiner, "%")).toEqual(["Rock Garden: none"]);
    expect(await search(joiner, "_")).toEqual([]);
    expect(await search(joiner, "\\")).toEqual([]);
  });

  test("says where one stands", async () => {
    let room = await world.createRoom(cast(), { type: "public-room", name: "Standing" });
    await join(joiner, room);
    expect(await search(joiner, "standing")).toEqual(["Standing: waiting"]);
    room = await world.change(owner, room, { kind: "bans", changes: [gone("ban", joiner)] }, everybody());
    expect(await search(joiner, "standing")).toEqual(["Standing: banned"]);
    await world.change(owner, room, { kind: "bans", changes: [gone("lift", joiner)] }, everybody());
    expect(await search(joiner, "standing")).toEqual(["Standing: none"]);
  });

  test("reads its entries from an index", async () => {
    const plan: { key: string | null; Extra: string }[] = await world.database.pool.query(
      `EXPLAIN SELECT c.id FROM conversation c WHERE c.kind = 'public_room' AND c.listed_name LIKE '%a%'
        ORDER BY c.member_count DESC, c.id DESC LIMIT 50`,
    );
    expect(plan[0]?.key).toBe("conversation_directory");
    expect(plan[0]?.Extra).not.toContain("filesort");
  });

  test("has those that are called so even where many larger ones contain it", async () => {
    await world.createRoom([[owner, "owner"]], { type: "public-room", name: "Quay" });
    await world.createRoom(cast(), { type: "public-room", name: "Quayside", topic: "quay" });
    const { directory } = createJoinRequests(world.database.pool);
    const names = async (limit: number) =>
      (await directory(joiner.session.accountId, "Quay", limit)).map(({ name }) => name);
    expect([await names(1), await names(2), await names(3)]).toEqual([
      ["Quay"],
      ["Quay", "Quayside"],
      ["Quayside", "Quay"],
    ]);
  });
});

describe("a request to enter", () => {
  test("is told to those who may answer, and ends with the answer", async () => {
    const room = await world.createRoom(cast(), { type: "public-room" });
    await join(joiner, room);
    expect(world.events.at(-1)).toMatchObject({ type: "join-request", conversation: room.id });
    expect(world.events.at(-1)).toHaveProperty("members", [...room.state.members.keys()]);
    expect(await requests(member, room)).toMatchObject([{ account: joiner.account, since: world.now() }]);
    const { heads } = await world.services.conversations.heads(member.session);
    expect(heads.find(({ id }) => id === room.id)).toMatchObject({ requests: 1 });
    const { waiting } = await world.services.conversations.list(joiner.session, CLIENT);
    expect(waiting).toContainEqual({ conversation: room.id, name: "Garden", since: world.now() });
    // Two browsers answer at once: the second record follows no more.
    const answers = await Promise.all(
      [member, owner].map((who) =>
        nextRecord(who, room.state, { kind: "add", changes: [added(joiner)] }, everybody()),
      ),
    );
    const outcomes = await Promise.allSettled(
      answers.map(({ record, boxes }, i) => world.append(i === 0 ? member : owner, room, record, boxes)),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: conflict });
    expect(await requests(member, room)).toEqual([]);
    expect((await world.services.conversations.list(joiner.session, CLIENT)).waiting).not.toContainEqual(
      expect.objectContaining({ conversation: room.id }),
    );
  });

  test("goes to moderators alone in a private room, and needs an invitation there", async () => {
    const room = await world.createRoom(cast());
    await expect(join(joiner, room)).rejects.toMatchObject(notFound);
    await join(joiner, room, true);
    expect(world.events.at(-1)).toMatchObject({ members: [owner.account, moderator.account] });
    const { waiting } = await world.services.conversations.list(joiner.session, CLIENT);
    expect(waiting).toContainEqual(expect.objectContaining({ conversation: room.id, name: "" }));
  });

  test("is refused, cancelled, or forgotten after a month", async () => {
    const room = await world.createRoom(cast());
    const refuse = (who: Resident, request = asked) =>
      world.services.joining.refuse(who.session, room.id, { account: joiner.account, request }, CLIENT);
    const lastAsked = async () => {
      await join(joiner, room, true);
      return (await requests(owner, room))[0]?.request ?? new Uint8Array();
    };
    const before = await lastAsked();
    const asked = await lastAsked();
    await expect(refuse(member)).rejects.toMatchObject(notFound);
    await expect(refuse(joiner)).rejects.toMatchObject(notFound);
    // Read before it was asked anew: whoever asks must not wait for what is not there any more.
    await expect(refuse(moderator, before)).rejects.toMatchObject(notFound);
    await refuse(moderator);
    expect(world.events.at(-1)).toEqual({ type: "closed", members: [joiner.account], conversation: room.id });
    await expect(refuse(moderator)).rejects.toMatchObject(notFound);
    await join(joiner, room, true);
    await world.services.joining.cancel(joiner.session, room.id);
    expect(await requests(owner, room)).toEqual([]);
    await join(joiner, room, true);
    world.pass(SERVER_LIMITS.joinRequestDays * DAY_MS + 1);
    expect(await requests(owner, room)).toEqual([]);
    await world.services.joining.deleteExpired();
    const rows: unknown[] = await world.database.pool.query("SELECT 1 FROM join_request");
    expect(rows).toEqual([]);
  });

  test("is one's own, for this room, with the newest key", async () => {
    const room = await world.createRoom(cast(), { type: "public-room" });
    const ask = (bytes: Uint8Array, who = joiner) =>
      world.services.joining.join(who.session, room.id, new Uint8Array(bytes), CLIENT);
    await expect(ask(await requestOf(moderator, room.id))).rejects.toMatchObject(badRequest);
    await expect(ask(await requestOf(joiner, newId()))).rejects.toMatchObject(badRequest);
    const borrowed = await requestOf({ ...joiner, key: member.key }, room.id);
    await expect(ask(borrowed)).rejects.toMatchObject(badRequest);
    await expect(ask(new Uint8Array(40))).rejects.toMatchObject(badRequest);
    const renewing = await world.newResident();
    const renewed = await newSigningEpoch(renewing, 2);
    await world.database.keys.insertCertificate(
      renewing.account,
      { keyType: KEY_TYPE.encode("signing"), epoch: 2, bytes: renewed.certificate },
      world.now(),
    );
    await expect(ask(await requestOf(renewing, room.id), renewing)).rejects.toMatchObject(conflict);
    await ask(await requestOf({ ...renewing, ...renewed }, room.id), renewing);
  });

  test("finds no door where there is none", async () => {
    const room = await world.createRoom(cast(), { type: "public-room" });
    await expect(join(member, room)).rejects.toMatchObject(conflict);
    await setArchived(room, true);
    await expect(join(joiner, room)).rejects.toMatchObject({ code: "room-archived" });
    await setArchived(room, false);
    await expect(join(joiner, { ...room, id: newId() }, true)).rejects.toMatchObject(notFound);
    await world.change(owner, room, { kind: "bans", changes: [gone("ban", joiner)] }, everybody());
    await expect(join(joiner, room)).rejects.toMatchObject({ code: "banned" });
    const hidden = await world.createRoom(cast());
    await world.change(owner, hidden, { kind: "bans", changes: [gone("ban", joiner)] }, everybody());
    await expect(join(joiner, hidden, true)).rejects.toMatchObject(notFound);
    for (const ask of [requests(joiner, room), requests(joiner, hidden)])
      await expect(ask).rejects.toMatchObject(notFound);
  });

  test("is not kept where a record was faster", async () => {
    const room = await world.createRoom(cast(), { type: "public-room" });
    const [request, answer] = await Promise.all([
      requestOf(joiner, room.id),
      nextRecord(owner, room.state, { kind: "add", changes: [added(joiner)] }, everybody()),
    ]);
    const since = { account: joiner.account, request, since: world.now() };
    const put = () => world.database.joinRequests.put(room.id, since, { ofRoom: 200, ofAccount: 20 });
    expect(await put()).toBe("stored");
    await world.append(owner, room, answer.record, answer.boxes);
    expect(await put()).toBe("stale");
    expect(await requests(owner, room)).toEqual([]);
  });

  test("is for no room that was deleted meanwhile", async () => {
    const room = await world.createRoom([[owner, "owner"]], { type: "public-room" });
    await expect(join(joiner, room)).resolves.toBeUndefined();
    const leave = { kind: "remove", changes: [gone("remove", owner)] } as const;
    await world.change(owner, room, leave, []);
    const late = { account: joiner.account, request: await requestOf(joiner, room.id), since: world.now() };
    const put = world.database.joinRequests.put(room.id, late, { ofRoom: 200, ofAccount: 20 });
    await expect(put).resolves.toBe("gone");
  });

  test("is not repeated for ever", async () => {
    const room = await world.createRoom(cast(), { type: "public-room" });
    const restless = await world.newResident();
    const codes: unknown[] = [];
    for (let i = 0; i < 31; i++)
      codes.push(
        await join(restless, room).then(
          () => null,
          ({ code }) => code,
        ),
      );
    expect(codes.filter((code) => code !== null)).toEqual(["too-many-requests"]);
    world.pass(60_000);
    await join(restless, room);
  });

  test("is one of twenty at most", async () => {
    const patient = await world.newResident();
    const rooms: TestRoom[] = [];
    for (let i = 0; i <= SERVER_LIMITS.joinsOfAccount; i++)
      rooms.push(await world.createRoom([[owner, "owner"]], { type: "public-room", name: `Queue ${i}` }));
    const outcomes = await Promise.allSettled(rooms.map((room) => join(patient, room)));
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused).toMatchObject([{ reason: { code: "too-many-requests" } }]);
    // The same again is not one more.
    const [first] = (await world.services.conversations.list(patient.session, CLIENT)).waiting;
    await join(patient, rooms.find(({ id }) => id === first?.conversation) as TestRoom);
  });
});

describe("a profile", () => {
  const put = (who: Resident, { id }: TestRoom, revision: number, profile: Uint8Array) =>
    world.services.roomProfiles.put(who.session, id, { revision, profile: new Uint8Array(profile) }, CLIENT);
  const stored = async ({ session }: Resident, { id }: TestRoom) =>
    (await world.services.conversations.list(session, CLIENT)).conversations.find((one) => one.id === id)
      ?.profile;

  test("is written by owners and moderators, one revision after the other", async () => {
    const room = await world.createRoom(cast());
    await expect(put(member, room, 2, sealedProfile(1, 2))).rejects.toMatchObject(notFound);
    await expect(put(joiner, room, 2, sealedProfile(1, 2))).rejects.toMatchObject(notFound);
    await expect(put(owner, room, 3, sealedProfile(1, 3))).rejects.toMatchObject(conflict);
    await expect(put(owner, room, 1, sealedProfile(1, 1))).rejects.toMatchObject(conflict);
    await expect(put(owner, room, 2, sealedProfile(1, 3))).rejects.toMatchObject(badRequest);
    await expect(put(owner, room, 2, sealedProfile(2, 2))).rejects.toMatchObject(conflict);
    await expect(put(owner, room, 0, sealedProfile(1, 0))).rejects.toMatchObject(badRequest);
    const next = sealedProfile(1, 2);
    await setArchived(room, true);
    await expect(put(moderator, room, 2, next)).rejects.toMatchObject({ code: "room-archived" });
    await setArchived(room, false);
    await put(moderator, room, 2, next);
    expect(world.events.at(-1)).toMatchObject({ type: "profile", conversation: room.id, revision: 2 });
    expect(await stored(member, room)).toEqual(next);
    await expect(put(owner, room, 2, sealedProfile(1, 2))).rejects.toMatchObject(conflict);
    const events = await world.services.moderation.events(owner.session, room.id, CLIENT);
    expect(events).toMatchObject([{ kind: "profile", author: moderator.account, account: null }]);
  });

  test("of two at once, one wins", async () => {
    const room = await world.createRoom(cast());
    const outcomes = await Promise.allSettled(
      [owner, moderator].map((who) => put(who, room, 2, sealedProfile(1, 2))),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("goes over to a new key as it is", async () => {
    const room = await world.createRoom(cast());
    const { record, boxes } = await nextRecord(owner, room.state, { kind: "rotate" }, everybody());
    const append = (profile: Uint8Array) =>
      world.services.records.append(
        owner.session,
        room.id,
        { record: record.bytes, boxes, profile: new Uint8Array(profile) },
        CLIENT,
      );
    await expect(append(sealedProfile(2, 2))).rejects.toMatchObject(conflict);
    await expect(append(sealedProfile(1, 1))).rejects.toMatchObject(conflict);
    await expect(append(new Uint8Array(3))).rejects.toMatchObject(badRequest);
    const resealed = sealedProfile(2, 1);
    await append(resealed);
    expect(await stored(member, room)).toEqual(resealed);
    await expect(put(owner, room, 2, sealedProfile(1, 2))).rejects.toMatchObject(conflict);
    await put(owner, room, 2, sealedProfile(2, 2));
  });

  test("of a public room is read, and lists it under its name", async () => {
    const room = await world.createRoom(cast(), { type: "public-room", name: "Before" });
    const after = await publicProfile(moderator, room.state, 2, "Afterwards", "Now");
    await expect(put(owner, room, 2, after)).rejects.toMatchObject(badRequest);
    const forged = await publicProfile({ ...moderator, key: member.key }, room.state, 2, "Afterwards");
    await expect(put(moderator, room, 2, forged)).rejects.toMatchObject(badRequest);
    const elsewhere = await world.createRoom(cast(), { type: "public-room", name: "Elsewhere" });
    await expect(put(moderator, elsewhere, 2, after)).rejects.toMatchObject(badRequest);
    await put(moderator, room, 2, after);
    expect(await search(joiner, "before")).toEqual([]);
    expect(await search(joiner, "afterwards")).toEqual(["Afterwards: none"]);
    await world.change(owner, room, { kind: "rotate" }, everybody());
    const late = await publicProfile(moderator, room.state, 3, "Too late");
    await expect(put(moderator, room, 3, late)).rejects.toMatchObject(conflict);
  });
});
