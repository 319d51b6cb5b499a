import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { toFrame, writeFrame } from "./outgoing.ts";

/** Lengths around those where a frame's header grows. */
const LENGTHS = [0, 1, 125, 126, 127, 4_000, 65_535, 65_536, 70_000];

test("frames of every length, and several at once, come as they were, between those of ws itself", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const said: (string | Buffer)[] = LENGTHS.flatMap((length) => [
    "é".repeat(length),
    Buffer.alloc(length, 7),
  ]);
  server.on("upgrade", (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      for (const [i, one] of said.entries()) {
        if (i % 4 === 0) accepted.ping();
        writeFrame(socket, toFrame(one));
      }
      accepted.close(4000, "all said");
    });
  });
  const heard: (string | Buffer)[] = [];
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  client.on("message", (data: Buffer, isBinary) => heard.push(isBinary ? data : data.toString()));
  expect(await once(client, "close")).toEqual([4000, Buffer.from("all said")]);
  expect(heard).toEqual(said);
  server.close();
});
