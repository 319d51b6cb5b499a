import { connect } from "./connect.ts";
import type { Held, Holding } from "./load.ts";

/** A process of its own that opens sockets and holds them until it is ended. */

const CONNECT_AT_ONCE = 50;

process.once("message", async ({ clients, deaf, ...load }: Holding) => {
  let connected = 0;
  for (let i = 0; i < clients.length; i += CONNECT_AT_ONCE) {
    const some = clients.slice(i, i + CONNECT_AT_ONCE);
    const sockets = await Promise.all(some.map((client, k) => connect(load, client, i + k)));
    if (deaf) for (const socket of sockets) socket.on("error", () => {}).pause();
    connected += sockets.length;
  }
  // Sockets that are not read from keep no process alive.
  setInterval(() => {}, 60_000);
  process.send?.({ connected } satisfies Held);
});
