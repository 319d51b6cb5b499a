import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { fromUtf8, utf8 } from "../../lib/base/bytes.ts";
import { fromBase64url, toBase64url } from "../../lib/base/encoding.ts";
import { type AccountId, type ConversationId, newId } from "../../lib/base/ids.ts";
import type { SealedEnvelope } from "../../lib/crypto/message.ts";
import { encodeMessage } from "../../lib/protocol/frames.ts";
import {
  type ConversationRecord,
  encodeRecord,
  encodeRecordBody,
  parseRecord,
} from "../../lib/protocol/layout/record.ts";
import { type Device, openDevice, registerDevice } from "../../server/testing/device.ts";
import { forgeIdentityFor } from "../../server/testing/forged-identity.ts";
import { perfectWire } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { enters, goOffline, goOnline, here, idOf, isOut, newRoom, roomsOf, sees } from "./rooms.ts";

const PATIENCE = { timeout: 45_000 };

let server: ServerProcess;
let alice: Device;
let bob: Device;
let carol: Device;
let dave: Device;

beforeAll(async () => {
  server = await startServer();
  alice = await registerDevice(server, "alice");
  bob = await registerDevice(server, "bob");
  carol = await registerDevice(server, "carol");
  dave = await registerDevice(server, "dave");
});

afterAll(async () => {
  for (const device of [alice, bob, carol, dave]) device?.close();
  await server?.dispose();
});

/** What the server answers to one path is believed as `change` makes it. */
function lie(device: Pick<Device, "wire">, path: RegExp, change: (answer: never) => unknown): void {
  device.wire.answer = (asked, body) => {
    if (!path.test(asked)) return body;
    const answer = JSON.parse(fromUtf8(body));
    change(answer as never);
    return utf8(JSON.stringify(answer));
  };
}

function beHonest(device: Device): void {
  device.wire.answer = (_, body) => body;
}

const bytesOf = (text: string) => fromBase64url(text) as Uint8Array<ArrayBuffer>;
const recordsOf = (room: ConversationId) => new RegExp(`/${room}/records`);

/** A record as the server can write it: everything but the signature. */
function forge(record: ConversationRecord, change: Partial<ConversationRecord>): string {
  return toBase64url(encodeRecord(encodeRecordBody({ ...record, ...change }), record.signature));
}

const alertIn = (device: Device, room: ConversationId) => here(device, room)?.alert;
const stopped = (device: Device, room: ConversationId) =>
  device.until(() => alertIn(device, room) === "broken-record", "the record alert");

describe("in a room, a server that lies", () => {
  test("adds nobody: a ghost member is a broken record, here and after a reload, and nothing is sent", async () => {
    const room = await newRoom(alice, [bob]);
    const ghost = newId<AccountId>();
    const wire = perfectWire();
    lie({ wire }, recordsOf(room), (answer: { records: string[] }) => {
      const last = answer.records.at(-1);
      if (!last) return;
      const record = parseRecord(bytesOf(last));
      const certificateHash = record.authorCertificate;
      const change = { operation: "add", account: ghost, role: "member", certificateHash } as const;
      answer.records.push(forge(record, { kind: "add", number: record.number + 1, changes: [change] }));
    });
    const fresh = await openDevice(server, bob.person, bob.profile, wire);
    await stopped(fresh, room);
    expect(here(fresh, room)?.canSend).toBe(false);
    fresh.close();
    expect(here(bob, room)).toMatchObject({ alert: null, room: { memberCount: 2 } });
  });

  test("shows no other past to who has seen one: forked, replayed and missing records stop sending", async () => {
    for (const trick of ["forked", "replayed"] as const) {
      const room = await newRoom(alice, [bob]);
      let first = "";
      lie(bob, recordsOf(room), (answer: { records: string[] }) => {
        const [record] = answer.records;
        if (!record) return;
        if (trick === "replayed") answer.records = [first || record];
        else answer.records = [forge(parseRecord(bytesOf(record)), { previous: new Uint8Array(32).fill(7) })];
      });
      first = JSON.parse(await (await alice.platform.fetch(`/api/conversations/${room}/records`)).text())
        .records[0];
      await (await roomsOf(alice)).setRole(room, idOf(bob), "moderator");
      await stopped(bob, room);
      expect(here(bob, room)).toMatchObject({ canSend: false, room: { role: "member" } });
      beHonest(bob);
    }
  });

  test("cannot take a record back from who has accepted it, after a reload either", async () => {
    const room = await newRoom(alice, [bob]);
    await (await roomsOf(alice)).setRole(room, idOf(bob), "moderator");
    await bob.until(() => here(bob, room)?.room?.role === "moderator", "the new role");
    const shorten = (answer: { records: string[] }) => {
      answer.records = answer.records.slice(0, 1);
    };
    const shorter = perfectWire();
    lie({ wire: shorter }, recordsOf(room), shorten);
    const deceived = await openDevice(server, bob.person, bob.profile, shorter);
    await stopped(deceived, room);
    expect(here(deceived, room)?.canSend).toBe(false);
    deceived.close();
    const told = await openDevice(server, bob.person, bob.profile);
    await told.until(() => here(told, room)?.room?.role === "moderator", "the whole chain");
    expect(here(told, room)).toMatchObject({ alert: null, canSend: true });
    // Named nowhere for a while, then again, with its beginning alone.
    lie(told, /\/api\/conversations$/, (answer: { conversations: { id: ConversationId }[] }) => {
      answer.conversations = answer.conversations.filter(({ id }) => id !== room);
    });
    await goOffline(told);
    await goOnline(told);
    await told.until(() => !here(told, room), "the list without the room");
    lie(told, recordsOf(room), shorten);
    await goOffline(told);
    await goOnline(told);
    await stopped(told, room);
    expect(here(told, room)?.canSend).toBe(false);
    told.close();
  });

  test("cannot let who was removed write on unnoticed", async () => {
    const room = await newRoom(alice, [bob, carol]);
    await carol.say(room, "in time");
    await sees(bob, room, "in time");
    await vi.waitUntil(async () => (await carol.profile.storage.outbox(idOf(carol))).length === 0, PATIENCE);
    await goOffline(carol);
    await carol.say(room, "too late");
    const [late] = await carol.profile.storage.outbox(idOf(carol));
    await (await roomsOf(alice)).remove(room, idOf(carol));
    await alice.say(room, "among us");
    await sees(bob, room, "among us");
    expect(here(bob, room)?.alert).toBeNull();
    const frame = encodeMessage({ seq: 4, storedAt: Date.now(), envelope: late?.envelope as SealedEnvelope });
    bob.wire.incoming = (data) => [{ data }, { data: frame.buffer }];
    await alice.say(room, "anything");
    await bob.until(() => alertIn(bob, room) === "history-mismatch", "the notice about the history");
    bob.wire.incoming = (data) => [{ data }];
    await goOnline(carol);
    await isOut(carol, room);
    await carol.until(({ conversations }) => conversations !== null, "the list");
    expect(await carol.profile.storage.outbox(idOf(carol))).toEqual([]);
  });

  test("hands it to nobody while its owner lives, and may not show her alive once it has said otherwise", async () => {
    const room = await newRoom(alice, [bob, carol]);
    await (await roomsOf(alice)).setRole(room, idOf(carol), "moderator");
    await carol.until(() => here(carol, room)?.room?.role === "moderator", "a moderator");
    interface Named {
      id: string;
    }
    const buryOne = (person: Named) =>
      person.id === idOf(alice) && Object.assign(person, { name: "", displayName: "", deleted: true });
    const bury = ({ people, account }: { people?: { account: Named }[]; account?: Named }) => {
      for (const person of people?.map((one) => one.account) ?? [account]) if (person) buryOne(person);
    };
    // Carol is in it with the server. What she signs, an honest one refuses, and this one hands out.
    lie(carol, /^\/api\/people\/.*keys$/, bury);
    const posted: { record: string; profile: string; boxes: { account: AccountId; box: string }[] }[] = [];
    const { fetch } = carol.platform;
    carol.platform.fetch = (path, init) => {
      if (init?.method === "POST" && path.endsWith(`${room}/records`))
        posted.push(JSON.parse(`${init.body}`));
      return fetch(path, init);
    };
    await expect((await roomsOf(carol)).takeOver(room)).rejects.toMatchObject({ code: "bad-request" });
    carol.platform.fetch = fetch;
    beHonest(carol);
    const [succession] = posted;
    if (!succession) throw new Error("nothing was signed");
    const handOut = (answer: { records: string[]; boxes: { keyEpoch: number; box: string }[] }) => {
      answer.records.push(succession.record);
      for (const { account, box } of succession.boxes)
        if (account === idOf(bob)) answer.boxes.push({ keyEpoch: 2, box });
    };
    const livingOwner = (device: Device) =>
      device.until(() => alertIn(device, room) === "living-owner", "who lives");

    const told = perfectWire();
    lie({ wire: told }, recordsOf(room), handOut);
    const wary = await openDevice(server, bob.person, bob.profile, told);
    await livingOwner(wary);
    expect(here(wary, room)).toMatchObject({ canSend: false, room: { memberCount: 3 } });
    wary.close();

    // Where it says the same of her everywhere, Bob cannot know; until it does not.
    const deceived = perfectWire();
    deceived.answer = (path, body) => {
      if (!/^\/api\/(people\/.*keys|conversations(\/.*(records|members|profile))?)(\?|$)/.test(path))
        return body;
      const answer = JSON.parse(fromUtf8(body));
      if (recordsOf(room).test(path) && !path.includes("after=3&")) handOut(answer);
      if (path.startsWith("/api/people")) bury(answer);
      for (const { members = [] } of answer.conversations ?? [answer])
        for (const one of members) buryOne(one);
      return utf8(JSON.stringify(answer));
    };
    const fresh = await openDevice(server, bob.person, bob.profile, deceived);
    await fresh.until(() => here(fresh, room)?.room?.name === "Plans", "what it is called");
    expect(here(fresh, room)?.room?.memberCount).toBe(2);
    expect(here(fresh, room)?.alert).toBeNull();
    await alice.say(room, "I am here");
    await livingOwner(fresh);
    expect(here(fresh, room)?.canSend).toBe(false);
    fresh.close();
    expect(alertIn(bob, room)).toBeNull();
  });

  test("gives no earlier name back to who has read a later one", async () => {
    const room = await newRoom(alice, [bob]);
    const before = await (await bob.platform.fetch(`/api/conversations/${room}/profile`)).text();
    const rooms = await roomsOf(alice);
    await rooms.rename(room, { name: "Second", topic: "" });
    await bob.until(() => here(bob, room)?.room?.name === "Second", "the second name");
    const asked: string[] = [];
    bob.wire.answer = (path, body) => {
      if (!path.endsWith(`${room}/profile`)) return body;
      asked.push(path);
      return utf8(before);
    };
    await rooms.rename(room, { name: "Third", topic: "" });
    await alice.until(() => here(alice, room)?.room?.name === "Third", "the third name");
    await vi.waitUntil(() => asked.length > 0, PATIENCE);
    await alice.say(room, "renamed");
    await sees(bob, room, "renamed");
    expect(here(bob, room)?.room?.name).toBe("Second");
    beHonest(bob);
  });

  test("lets nobody back in by a link that was revoked with them, whatever it has kept", async () => {
    const room = await newRoom(alice, [bob]);
    const rooms = await roomsOf(alice);
    const { id, link } = await rooms.createInvitation(room, Date.now() + 3_600_000);
    const asOf = async (part: string) =>
      JSON.parse(await (await alice.platform.fetch(`/api/conversations/${room}/${part}`)).text());
    const { profile } = await asOf("profile");
    await rooms.revokeInvitations(room, [id]);
    await rooms.remove(room, idOf(bob));
    await isOut(bob, room);
    await goOffline(alice);
    await (await roomsOf(bob)).joinByLink(`https://chat.example${link}`);
    const wire = perfectWire();
    let asked = 0;
    lie({ wire }, /\/api\/conversations(\/.*\/profile)?$/, (answer: { conversations?: { id: string }[] }) => {
      if (!answer.conversations) asked += 1;
      for (const one of answer.conversations ?? [{ ...answer, id: room }])
        if (one.id === room) Object.assign(answer.conversations ? one : answer, { profile });
    });
    const deceived = await openDevice(server, alice.person, alice.profile, wire);
    await vi.waitUntil(() => asked > 0, PATIENCE);
    await deceived.say(room, "still alone");
    const waits = () => bob.messenger.getState().waiting.some(({ conversation }) => conversation === room);
    expect(here(deceived, room)?.room?.memberCount).toBe(1);
    // What the links are is not known there: that is no reason to refuse anybody.
    expect(waits()).toBe(true);
    deceived.close();
    await goOnline(alice);
    await bob.until(() => !waits(), "refused");
    const { records } = await asOf("records");
    expect(records.map((one: string) => parseRecord(bytesOf(one)).kind)).toEqual(["create", "remove"]);
  });

  test("lets nobody in whom nobody's signature asks for", async () => {
    const room = await newRoom(alice, [], { kind: "public-room", name: "Open" });
    let asked = 0;
    lie(
      alice,
      new RegExp(`${room}/join-requests$`),
      (answer: { requests: { account: string; request: string }[] }) => {
        asked += 1;
        for (const one of answer.requests) {
          const request = bytesOf(one.request);
          request[request.length - 1] = (request.at(-1) ?? 0) ^ 1;
          one.request = toBase64url(request);
        }
        // And once more, in the name of somebody who did not ask.
        const [real] = answer.requests;
        if (real) answer.requests.push({ ...real, account: idOf(carol) });
      },
    );
    await (await roomsOf(bob)).join(room);
    await vi.waitUntil(() => asked > 0, PATIENCE);
    await alice.say(room, "still alone");
    expect(here(alice, room)?.room?.memberCount).toBe(1);
    beHonest(alice);
    await goOffline(alice);
    await goOnline(alice);
    await enters(bob, room);
    await alice.until(() => here(alice, room)?.room?.memberCount === 2, "two of them");
  });
});

test("lets nobody back in by what they asked before they left", async () => {
  const room = await newRoom(alice, [], { kind: "public-room", name: "Once" });
  type Requests = { requests: { account: string; request: string }[] };
  const path = new RegExp(`${room}/join-requests$`);
  const said: Requests["requests"] = [];
  lie(alice, path, ({ requests }: Requests) => said.push(...requests));
  await (await roomsOf(bob)).join(room);
  await enters(bob, room);
  await (await roomsOf(bob)).leave(room);
  await isOut(bob, room);
  let asked = 0;
  lie(alice, path, ({ requests }: Requests) => {
    asked += 1;
    requests.push(...said);
  });
  // Another one who asks has her browser look.
  await (await roomsOf(carol)).join(room);
  await enters(carol, room);
  await vi.waitUntil(() => asked > 0 && here(alice, room)?.room?.memberCount === 2, PATIENCE);
  expect(here(bob, room)).toBeUndefined();
  beHonest(alice);
  await (await roomsOf(bob)).join(room);
  await enters(bob, room);
});

describe("in a room, somebody whose identity is not accepted", () => {
  test("is named, gets no key, and silences nobody", async () => {
    const room = await newRoom(alice, [bob, carol, dave]);
    await alice.say(room, "before");
    await sees(bob, room, "before");
    // The server names another identity for Carol.
    const forged = JSON.parse(await forgeIdentityFor(carol));
    const swap = (keys: { account: { id: string } }) => (keys.account.id === idOf(carol) ? forged : keys);
    bob.wire.answer = (path, body) => {
      if (!path.startsWith("/api/people/")) return body;
      const answer = JSON.parse(fromUtf8(body));
      return utf8(JSON.stringify(answer.people ? { people: answer.people.map(swap) } : swap(answer)));
    };
    bob.wire.clockAhead = 8 * 86_400_000;
    await bob.say(room, "with the old key");
    await sees(alice, room, "with the old key");
    expect(here(bob, room)).toMatchObject({
      alert: "identity-changed",
      alertPerson: idOf(carol),
      canSend: true,
    });
    await (await roomsOf(alice)).setRole(room, idOf(bob), "moderator");
    await bob.until(() => here(bob, room)?.room?.role === "moderator", "a moderator");
    // No key of the room's is dealt while one would be for her.
    await expect((await roomsOf(bob)).remove(room, idOf(dave))).rejects.toMatchObject({
      code: "identity-changed",
    });
    // Out with her, the others get a new key.
    await (await roomsOf(bob)).remove(room, idOf(carol));
    await bob.say(room, "with a new key");
    await sees(alice, room, "with a new key");
    bob.wire.clockAhead = 0;
    beHonest(bob);
  });
});
