import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bytes, concat, u8 } from "../../lib/base/bytes.ts";
import { type ConversationId, type FileId, idToBytes, newId } from "../../lib/base/ids.ts";
import { decodePage, encodeSend, type ServerBinaryFrame } from "../../lib/protocol/frames.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { type Device, registerDevice, startTalking } from "../../server/testing/device.ts";
import { nodePlatform } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { cookieHeader, post, putTorn, send } from "./support/http.ts";
import { openSocket, type RawSocket, upgradeStatus } from "./support/sockets.ts";

const SENDER_AT = 19;
const MESSAGE_AT = 35;
const RECORD_AT = 55;

let server: ServerProcess;
let alice: Device;
let bob: Device;
let eve: Device;
let conversation: ConversationId;
/** One that Alice sealed and that is stored. */
let envelope: Bytes;

beforeAll(async () => {
  server = await startServer();
  alice = await registerDevice(server, "alice");
  bob = await registerDevice(server, "bob");
  eve = await registerDevice(server, "eve");
  conversation = await startTalking(alice, bob);
  alice.wire.outgoing = (data) => {
    if (data instanceof Uint8Array) envelope = data.slice(5) as Bytes;
    return true;
  };
  await alice.say(conversation, "the first");
  await bob.until(() => bob.texts(conversation).includes("the first"), "the first arrives");
});

afterAll(async () => {
  for (const device of [alice, bob, eve]) device?.close();
  await server?.dispose();
});

const withBytes = (at: number, bytes: Uint8Array) =>
  concat(envelope.slice(0, at), bytes, envelope.slice(at + bytes.length));
const freshId = () => withBytes(MESSAGE_AT, idToBytes(newId()));

async function answerTo(socket: RawSocket, request: number, sent: Bytes): Promise<ServerBinaryFrame> {
  socket.socket.send(encodeSend(request, sent));
  return socket.frame((frame) => frame.type !== "message" && frame.request === request);
}

describe("the upgrade is refused", () => {
  const own = () => cookieHeader(alice.profile).cookie;
  test.each([
    ["without Origin", () => ({ cookie: own(), origin: null }), 403],
    ["for the Origin null", () => ({ cookie: own(), origin: "null" }), 403],
    ["for another Origin", () => ({ cookie: own(), origin: "https://evil.example" }), 403],
    ["for our host on another port", () => ({ cookie: own(), origin: "http://localhost:1" }), 403],
    ["without a cookie", () => ({ cookie: null }), 401],
    ["for a made-up cookie", () => ({ cookie: "__Host-sceau-session=x" }), 401],
    ["at another path", () => ({ cookie: own(), path: "/api/socket/x" }), null],
    ["with a query", () => ({ cookie: own(), path: "/api/socket?token=x" }), null],
    ["at a page", () => ({ cookie: own(), path: "/login" }), null],
  ])("%s", async (_, options, status) => {
    expect(await upgradeStatus(server, options())).toBe(status);
  });

  test("under another host", async () => {
    const headers = {
      host: "evil.example",
      origin: server.origin,
      cookie: own(),
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    };
    expect((await send(server, "GET", "/api/socket", { headers })).status).toBe(403);
  });

  test("from the sixth socket of one session on, until one closes", async () => {
    const sockets = await Promise.all(Array.from({ length: 4 }, () => openSocket(server, eve.profile)));
    const cookie = cookieHeader(eve.profile);
    const storm = await Promise.all(Array.from({ length: 10 }, () => upgradeStatus(server, cookie)));
    expect(storm).toEqual(Array(10).fill(429));
    sockets[0]?.socket.close();
    await sockets[0]?.closed;
    expect(await upgradeStatus(server, cookie)).toBe(101);
    for (const socket of sockets) socket.close();
  });

  test("and goes on working after pages, files and errors were served: nobody else listens for it", async () => {
    for (const path of ["/", "/login", "/nope", "/api/nope", "/_next/static/x.js"])
      await send(server, "GET", path);
    expect(await upgradeStatus(server, { cookie: own() })).toBe(101);
  });
});

describe("a socket is closed for", () => {
  test.each([
    ["text that is no JSON", "hello", 1008],
    ["an unknown type", '{"type":"shout"}', 1008],
    ["a list", "[]", 1008],
    ["null", "null", 1008],
    ["a further field", '{"type":"ping","x":1}', 1008],
    ["another's prototype", '{"__proto__":{"type":"ping"}}', 1008],
    ["a negative position", `{"type":"receipt","conversation":"${"A".repeat(22)}","read":-1}`, 1008],
    ["an id that is none", '{"type":"receipt","conversation":"x","read":1}', 1008],
    [
      "more people to look at than a list shows",
      JSON.stringify({ type: "watch", people: Array(201).fill("A".repeat(22)), conversation: null }),
      1008,
    ],
    ["a look at something that is no person", '{"type":"watch","people":["x"],"conversation":null}', 1008],
    [
      "more people to hide from than a frame holds",
      JSON.stringify({ type: "hide", people: Array(1_001).fill("A".repeat(22)) }),
      1008,
    ],
    ["activity of another kind", '{"type":"activity","active":"yes"}', 1008],
    ["writing nowhere", '{"type":"typing","conversation":null}', 1008],
    ["what is the server's to say", '{"type":"presence","people":[]}', 1008],
    ["deep JSON", `${"[".repeat(30_000)}${"]".repeat(30_000)}`, 1008],
    ["an empty binary frame", new Uint8Array(), 1008],
    ["an unknown binary type", u8(9), 1008],
    ["files that are none", Uint8Array.of(5, 0, 0, 0, 1, 0), 1008],
    ["more files than a message holds", Uint8Array.of(5, 0, 0, 0, 1, 21, ...new Uint8Array(21 * 16)), 1008],
    ["half a number", Uint8Array.of(1, 0, 0), 1008],
    ["more than 64 KiB", new Uint8Array(64 * 1024 + 1), 1009],
    ["a megabyte", new Uint8Array(1024 * 1024), 1009],
    ["a megabyte of text", "x".repeat(1024 * 1024), 1009],
  ])("%s", async (_, frame, code) => {
    const { socket, closed } = await openSocket(server, eve.profile);
    socket.send(frame);
    expect(await closed).toBe(code);
  });

  test("a storm of frames, and what comes after the close counts for nothing", async () => {
    const raw = await openSocket(server, eve.profile);
    for (let i = 0; i < 1_000; i++) raw.socket.send('{"type":"ping"}');
    expect(await raw.closed).toBe(4429);
    expect(raw.texts.filter((text) => text.includes("pong")).length).toBeLessThan(400);
  });

  test("reading nothing while much is sent", async () => {
    const slow = await openSocket(server, bob.profile);
    const sender = await openSocket(server, alice.profile);
    slow.socket.pause();
    const big = concat(envelope, new Uint8Array(58_000 - envelope.length));
    const id = () => concat(big.slice(0, MESSAGE_AT), idToBytes(newId()), big.slice(MESSAGE_AT + 16));
    for (let i = 0; !server.output().includes("slow reader closed") && i < 600; i++) {
      expect((await answerTo(sender, i, id())).type).toBe("stored");
      // Below the rate limit.
      if (i >= 150) await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(server.output()).toContain("slow reader closed");
    slow.socket.resume();
    expect([1006, 1013]).toContain(await slow.closed);
    sender.close();
  });
});

describe("an envelope is refused", () => {
  test.each([
    [
      "from a member in another's name",
      () => alice,
      () => withBytes(SENDER_AT, idToBytes(newId())),
      "bad-request",
    ],
    ["from a member who sends another's", () => bob, () => freshId(), "bad-request"],
    ["from an outsider in a member's name", () => eve, () => freshId(), "bad-request"],
    [
      "for a conversation that is not there",
      () => alice,
      () => withBytes(3, idToBytes(newId())),
      "not-found",
    ],
    [
      "under a record that is not there",
      () => alice,
      () => withBytes(RECORD_AT, new Uint8Array(32)),
      "old-key-epoch",
    ],
    ["of another version", () => alice, () => withBytes(0, u8(2)), "bad-request"],
    ["of another suite", () => alice, () => withBytes(1, u8(2)), "bad-request"],
    ["of another kind", () => alice, () => withBytes(2, u8(9)), "bad-request"],
    ["cut short", () => alice, () => envelope.slice(0, 300) as Bytes, "bad-request"],
    [
      "longer than padding makes one",
      () => alice,
      () => concat(envelope, new Uint8Array(60_000)),
      "bad-request",
    ],
    [
      "under an id that has other bytes",
      () => alice,
      () => withBytes(envelope.length - 1, u8(1)),
      "conflict",
    ],
  ])("%s", async (_, device, make, code) => {
    const raw = await openSocket(server, device().profile);
    expect(await answerTo(raw, 1, make())).toEqual({ type: "refused", request: 1, code });
    raw.close();
  });

  test("from an outsider in one's own name, as for a conversation that is not there", async () => {
    const raw = await openSocket(server, eve.profile);
    const { body } = await send(server, "GET", "/api/me", { headers: cookieHeader(eve.profile) });
    const { account } = JSON.parse(body) as { account: { id: string } };
    const own = withBytes(SENDER_AT, idToBytes(account.id as never));
    const absent = concat(own.slice(0, 3), idToBytes(newId()), own.slice(19));
    for (const [request, sent] of [own, absent].entries()) {
      expect(await answerTo(raw, request, sent)).toEqual({ type: "refused", request, code: "not-found" });
    }
    raw.close();
  });

  test("changes nothing of what was stored", async () => {
    const answer = await nodePlatform(server.origin, bob.profile).fetch(
      `/api/conversations/${conversation}/messages?before=2`,
    );
    const [first, ...others] = decodePage(new Uint8Array(await answer.arrayBuffer()));
    expect(others).toEqual([]);
    expect(first?.envelope).toEqual(envelope);
  });
});

test("the same bytes again get the first receipt again, and keep the one place they have", async () => {
  const sender = await openSocket(server, alice.profile);
  const listener = await openSocket(server, bob.profile);
  const receipts = [await answerTo(sender, 7, envelope), await answerTo(sender, 8, envelope)];
  expect(receipts).toMatchObject([
    { type: "stored", seq: 1 },
    { type: "stored", seq: 1 },
  ]);
  const fresh = freshId();
  const { seq } = (await answerTo(sender, 9, fresh)) as { seq: number };
  expect(seq).toBeGreaterThan(1);
  // Published again, for whoever missed the first time; recipients know the place and show it once.
  expect(await listener.frame(({ type }) => type === "message")).toMatchObject({ type: "message", seq: 1 });
  sender.close();
  listener.close();
});

describe("a file", () => {
  const bytes = randomBytes(5_000_000);
  const file = newId<FileId>();
  const path = (id = file, rest = "") => `/api/conversations/${conversation}/files/${id}${rest}`;
  const put = (from: number, part: Uint8Array, { profile }: Device = alice, headers = {}) =>
    send(server, "PUT", path(file, `?offset=${from}`), {
      headers: {
        origin: server.origin,
        "content-type": "application/octet-stream",
        ...cookieHeader(profile),
        ...headers,
      },
      body: part,
    });
  const get = ({ profile }: Device, headers: Record<string, string> = {}) =>
    nodePlatform(server.origin, profile).fetch(path(), { headers });

  test("arrives in parts, each once, and what was cut off stays", async () => {
    const begin = { file, size: bytes.length };
    const begun = await post(
      server,
      `/api/conversations/${conversation}/files`,
      begin,
      cookieHeader(alice.profile),
    );
    expect([begun.status, begun.body]).toEqual([200, '{"received":0}']);
    expect(await put(0, bytes)).toMatchObject({ status: 413, code: "too-large" });
    expect(await put(0, bytes.subarray(0, 9), alice, { "content-type": "application/json" })).toMatchObject({
      code: "wrong-content-type",
    });
    expect(await put(0, bytes.subarray(0, 9), alice, { origin: "https://evil.example" })).toMatchObject({
      code: "wrong-origin",
    });
    expect(await put(0, bytes.subarray(0, 9), bob)).toMatchObject({ code: "not-found" });
    await putTorn(server, path(file, "?offset=0"), cookieHeader(alice.profile), bytes.subarray(0, 300_000));
    const progress = async () => {
      const { body } = await send(server, "GET", path(file, "/upload"), {
        headers: cookieHeader(alice.profile),
      });
      return (JSON.parse(body) as { received: number }).received;
    };
    await expect.poll(progress).toBeGreaterThan(0);
    const from = await progress();
    expect(from).toBeLessThanOrEqual(300_000);
    expect(await put(0, bytes.subarray(0, 9))).toMatchObject({ status: 409, code: "upload-offset" });
    expect((await get(alice)).status).toBe(404);
    for (let at = from; at < bytes.length; at += LIMITS.uploadBytes) {
      const { status, body } = await put(at, bytes.subarray(at, at + LIMITS.uploadBytes));
      const received = Math.min(bytes.length, at + LIMITS.uploadBytes);
      expect([status, body]).toEqual([200, JSON.stringify({ received })]);
    }
  });

  test("is for members once a message holds it, which takes no other's", async () => {
    expect((await get(bob)).status).toBe(404);
    const sender = await openSocket(server, alice.profile);
    const answer = async (request: number, files: FileId[]) => {
      sender.socket.send(encodeSend(request, freshId(), files));
      return sender.frame((frame) => frame.type !== "message" && frame.request === request);
    };
    expect(await answer(1, [newId()])).toMatchObject({ type: "refused", code: "file-missing" });
    expect(await answer(2, [file])).toMatchObject({ type: "stored" });
    expect(await answer(3, [file])).toMatchObject({ type: "refused", code: "file-missing" });
    sender.close();
    const whole = await get(bob);
    expect(whole.status).toBe(200);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await get(eve)).status).toBe(404);
    const part = await get(bob, { range: "bytes=1000000-1000009" });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 1000000-1000009/5000000"]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(1_000_000, 1_000_010));
    expect((await get(bob, { range: "bytes=5000000-" })).status).toBe(416);
    // Nothing that a browser would show by itself, or keep.
    const header = (name: string) => whole.headers.get(name);
    expect(header("content-type")).toBe("application/octet-stream");
    expect(header("content-disposition")).toBe("attachment");
    expect(header("x-content-type-options")).toBe("nosniff");
    expect(header("content-security-policy")).toContain("sandbox");
    expect(header("cache-control")).toContain("no-store");
  });
});

test("what is written in a vault is told to its owner's sockets alone", async () => {
  const [own, other] = [await openSocket(server, alice.profile), await openSocket(server, bob.profile)];
  const told = ({ texts }: RawSocket) => texts.filter((text) => text.includes("vault-entry"));
  const notes = await alice.messenger.notes();
  await notes.update(conversation, (before) => ({ ...before, notify: "none" }));
  await alice.say(conversation, "told after it");
  await other.frame(({ type }) => type === "message");
  await expect.poll(() => told(own)).toEqual([expect.stringContaining('"counter":1')]);
  expect(told(other)).toEqual([]);
  own.close();
  other.close();
});

test("an outsider hears that nobody is there and who writes from nobody, and is heard writing by nobody", async () => {
  const [raw, listener] = [await openSocket(server, eve.profile), await openSocket(server, bob.profile)];
  const bobId = bob.messenger.getState().me?.id;
  const look = { type: "watch", people: [bobId, newId()], conversation };
  const told = async (socket: RawSocket) => {
    const find = () => socket.texts.find((text) => text.includes('"presence"'));
    while (!find()) await once(socket.socket, "message");
    return JSON.parse(find() ?? "");
  };
  for (const { socket } of [raw, listener]) socket.send(JSON.stringify(look));
  expect((await told(raw)).people.map(({ presence }: { presence: string }) => presence)).toEqual([
    "offline",
    "offline",
  ]);
  expect((await told(listener)).people[0]).toEqual({ account: bobId, presence: "online" });
  raw.socket.send(JSON.stringify({ type: "typing", conversation }));
  alice.messenger.watch({ conversation });
  // Alice's comes after Eve's, in the same frame or a later one.
  await expect
    .poll(() => {
      alice.messenger.writes(conversation);
      return listener.texts.filter((text) => text.includes('"type":"typing"'));
    })
    .not.toEqual([]);
  const aliceId = alice.messenger.getState().me?.id;
  const heard = listener.texts.filter((text) => text.includes('"type":"typing"'));
  expect(heard.flatMap((text) => JSON.parse(text).people)).toEqual(heard.map(() => aliceId));
  expect(raw.texts.filter((text) => text.includes('"type":"typing"'))).toEqual([]);
  raw.close();
  listener.close();
});

test("an outsider's receipts reach nobody", async () => {
  const raw = await openSocket(server, eve.profile);
  const listener = await openSocket(server, bob.profile);
  raw.socket.send(JSON.stringify({ type: "receipt", conversation, delivered: 987654, read: 987654 }));
  // Answered after it, so that what it led to has been sent.
  const foreign = concat(envelope.slice(0, 3), idToBytes(newId()), envelope.slice(19));
  await answerTo(raw, 1, foreign);
  listener.socket.send('{"type":"ping"}');
  while (!listener.texts.some((text) => text.includes("pong"))) await once(listener.socket, "message");
  expect(listener.texts.filter((text) => text.includes("987654"))).toEqual([]);
  raw.close();
  listener.close();
});
