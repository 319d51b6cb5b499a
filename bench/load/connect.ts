import { WebSocket } from "ws";
import type { LoadClient } from "./load.ts";

/** Resolves with the first frame of the server. @param index by which a bare relay knows it */
export function connect(
  { url, origin }: { readonly url: string; readonly origin: string },
  { cookie }: LoadClient,
  index: number,
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      // Also where a node is asked past the balancer under whose name it serves.
      headers: { host: new URL(origin).host, origin, cookie, "x-index": String(index) },
      perMessageDeflate: false,
      // A mask of zeroes is no work: what masking costs a browser is not the server's.
      generateMask: (mask) => mask.fill(0),
    });
    socket.once("message", () => resolve(socket));
    socket.once("error", reject);
    socket.once("close", (code, reason) => reject(new Error(`closed: ${code} ${reason}`)));
  });
}
