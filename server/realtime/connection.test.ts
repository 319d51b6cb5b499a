import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { type AccountId, newId, type SessionId } from "../../lib/base/ids.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { createConnection } from "./connection.ts";
import { toFrame } from "./outgoing.ts";
import { createTokenBucket } from "./token-bucket.ts";

const FRAME_BYTES = 64 * 1024;
const FRAMES = (2 * SERVER_LIMITS.socketBufferBytes) / FRAME_BYTES;

test("who reads all the time is not closed where more is said at once than is kept for slow ones", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const deps = {
    dispatch: () => null,
    framesPerSecond: () => 100,
    bucketOf: () => createTokenBucket(() => 100, 100, Date.now),
    log: pino({ level: "silent" }),
    clock: Date.now,
    onClose: () => {},
  };
  server.on("upgrade", (request, wire, head) => {
    sockets.handleUpgrade(request, wire, head, (socket) => {
      const session = { id: newId<SessionId>(), accountId: newId<AccountId>(), deviceId: null };
      const client = { address: "", agent: "" };
      const connection = createConnection(socket, wire, session, client, new Set(), deps);
      const frame = toFrame(Buffer.alloc(FRAME_BYTES));
      for (let i = 0; i < FRAMES; i++) connection.send(frame);
    });
  });
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  let heard = 0;
  await new Promise<void>((resolve) => {
    client.on("close", () => resolve());
    client.on("message", () => {
      heard += 1;
      if (heard === FRAMES) resolve();
    });
  });
  expect(heard).toBe(FRAMES);
  client.terminate();
  server.close();
});
