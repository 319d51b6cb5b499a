import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { type AccountId, type ConversationId, newId, type SessionId } from "../../lib/base/ids.ts";
import { closeCodeOf } from "../../lib/protocol/error-statuses.ts";
import { SOCKET_PATH } from "../../lib/protocol/frames.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Visibility } from "../../lib/protocol/visibility.ts";
import { SESSION_COOKIE } from "../http/session-cookie.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { Services } from "../services/services.ts";
import { createHub } from "./hub.ts";
import type { Presence } from "./presence/presence.ts";
import { createSocketServer } from "./socket-server.ts";

const OPEN: Visibility = { availability: "automatic", readStates: true, typing: true };
const admission = { id: newId<SessionId>(), accountId: newId<AccountId>(), deviceId: null, email: "" };

let admitted = admission;
let server: Server;
let sockets: ReturnType<typeof createSocketServer>;
let publicUrl: URL;
/** By access rules. */
let refused: ReadonlySet<ConversationId>;
let framesPerSecond: number;
const visibilityOf = vi.fn(async () => OPEN);

beforeEach(async () => {
  admitted = admission;
  refused = new Set();
  framesPerSecond = 100;
  server = createServer().listen(0, "localhost");
  await once(server, "listening");
  publicUrl = new URL(`http://localhost:${(server.address() as AddressInfo).port}`);
  sockets = createSocketServer({
    services: {
      log: pino({ level: "silent" }),
      tokens: { verify: async () => ({ accountId: admission.accountId, sid: "" }) },
      sessions: { admit: async () => admitted, require: async () => admission },
      accessRules: { require: async () => {}, mayEnter: () => true, refusedRooms: () => refused },
      announcements: { current: () => [] },
      conversations: {
        heads: async () => ({ heads: [] }),
        amongRooms: () => Promise.reject(new Error("GONE")),
      },
      keys: { vaultWrites: async () => [] },
      visibility: { of: visibilityOf },
      policies: { current: () => ({ framesPerSecond }) },
    } as unknown as Services,
    hub: createHub({ fanOut: () => {} }),
    presence: { add: () => {}, remove: () => {}, handle: () => {} } as Partial<Presence> as Presence,
    onGreeted: () => {},
    publicUrl,
    addressOf: () => "192.0.2.1",
    clock: Date.now,
  });
  server.on("upgrade", sockets.handleUpgrade);
});

afterEach(async () => {
  sockets.close();
  server.close();
  server.closeAllConnections();
  visibilityOf.mockImplementation(async () => OPEN);
});

const openSocket = () =>
  new WebSocket(new URL(SOCKET_PATH, publicUrl.href.replace("http", "ws")), {
    headers: { cookie: `${SESSION_COOKIE}=token` },
    origin: publicUrl.origin,
  });

/** The status of the upgrade: 101 when it is open. */
function upgrade(): Promise<number> {
  const socket = openSocket();
  return new Promise((resolve) => {
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (_, response) => resolve(response.statusCode ?? 0));
    socket.on("error", () => resolve(0));
  });
}

const connections = () =>
  new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

test("a socket that is still looked at when the server stops is not let in", async () => {
  let answer = (_: Visibility) => {};
  visibilityOf.mockImplementationOnce(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const status = upgrade();
  await vi.waitFor(() => expect(visibilityOf).toHaveBeenCalled());
  sockets.close();
  answer(OPEN);
  expect(await status).toBe(503);
});

test("a session has so many sockets, also where all are asked for at once", async () => {
  const answers: ((visibility: Visibility) => void)[] = [];
  visibilityOf.mockImplementation(() =>
    answers.length < 10 ? new Promise((resolve) => answers.push(resolve)) : Promise.resolve(OPEN),
  );
  const statuses = Promise.all(Array.from({ length: 10 }, upgrade));
  await vi.waitFor(() => expect(answers).toHaveLength(10));
  for (const answer of answers) answer(OPEN);
  expect((await statuses).filter((status) => status === 101)).toHaveLength(LIMITS.socketsPerSession);
});

test("an account sends no more by many sessions than by a few sockets", async () => {
  framesPerSecond = 0.001;
  const { accountBurst, frameBurst } = SERVER_LIMITS;
  const ends: Promise<number>[] = [];
  // Each stays far below its own limit.
  const share = frameBurst / 4;
  for (let sent = 0; sent < 2 * accountBurst * frameBurst; sent += share) {
    admitted = { ...admission, id: newId<SessionId>() };
    const socket = openSocket();
    ends.push(once(socket, "close").then(([code]) => code));
    await once(socket, "open");
    for (let i = 0; i < share; i++) socket.send('{"type":"ping"}');
  }
  expect(await Promise.race(ends)).toBe(closeCodeOf("too-many-requests"));
});

test("a browser hears which rooms refuse it, also where nobody knows whether it is in there", async () => {
  const socket = openSocket();
  const ready = async () => JSON.parse(String((await once(socket, "message"))[0])).type;
  expect(await ready()).toBe("ready");
  refused = new Set([newId<ConversationId>()]);
  sockets.review();
  expect(await ready()).toBe("ready");
});

test("a refused upgrade leaves no connection, also to who never closes", async () => {
  const peer = connect({ host: "localhost", port: Number(publicUrl.port), allowHalfOpen: true });
  peer.on("error", () => {});
  const lines = [
    `GET ${SOCKET_PATH} HTTP/1.1`,
    "Host: other.example",
    "Connection: Upgrade",
    "Upgrade: websocket",
  ];
  peer.write(`${lines.join("\r\n")}\r\n\r\n`);
  const [answer] = await once(peer, "data");
  expect(String(answer)).toMatch(/^HTTP\/1.1 403 /);
  await vi.waitFor(async () => expect(await connections()).toBe(0));
  peer.destroy();
});
