import { connect } from "./connect.ts";
import type { Held, Holding } from "./load.ts";

/** A process of its own that opens sockets and holds them until it is ended. */

const CONNECT_AT_ONCE = 50;

process.once("message", async ({ clients, ...load }: Holding) => {
  let connected = 0;
  for (let i = 0; i < clients.length; i += CONNECT_AT_ONCE) {
    const some = clients.slice(i, i + CONNECT_AT_ONCE);
    connected += (await Promise.all(some.map((client, k) => connect(load, client, i + k)))).length;
  }
  process.send?.({ connected } satisfies Held);
});
