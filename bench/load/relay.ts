import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/**
 * The ceiling: a bare relay with `ws` that checks nothing and keeps nothing. It hands a frame to the sender's partner
 * (`partner`), or one prepared frame to everybody (`everybody`), and acknowledges it; the same frames as Sceau's.
 */

const everybody = process.argv[2] === "everybody";
const ACK_BYTES = 1 + 4 + 8 + 8;
const sockets = new Map<number, WebSocket>();
const server = createServer();
const relay = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false });

relay.on("connection", (socket, request) => {
  const index = Number(request.headers["x-index"]);
  sockets.set(index, socket);
  socket.send("{}");
  socket.on("message", (data: Buffer) => {
    const stored = Buffer.alloc(ACK_BYTES);
    stored[0] = 2;
    data.copy(stored, 1, 1, 5);
    socket.send(stored);
    const message = Buffer.allocUnsafe(17 + data.length - 5);
    message.fill(0, 0, 17);
    message[0] = 4;
    data.copy(message, 17, 5);
    if (!everybody) sockets.get(index ^ 1)?.send(message);
    else for (const other of sockets.values()) if (other !== socket) other.send(message);
  });
  socket.on("close", () => sockets.delete(index));
});

server.listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
