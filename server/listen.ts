import { createServer as createHttp, type RequestListener, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import type { SecureContextOptions } from "node:tls";
import { BootError } from "./boot-error.ts";
import type { Config } from "./config.ts";

/** Slow or silent peers do not hold a place: headers in 10 s, a whole request in 60 s. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 };

export function createServer(tls: SecureContextOptions | null, listener: RequestListener): Server {
  return tls ? createHttps({ ...tls, ...TIMEOUTS }, listener) : createHttp(TIMEOUTS, listener);
}

/** @throws BootError when the address cannot be listened on. */
export function listen(server: Server, { address, port }: Pick<Config, "address" | "port">): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? `Port ${port} is taken: choose another with --port, or stop what listens there.`
          : `Cannot listen on ${address}:${port} (${error.code}).`;
      reject(new BootError(reason));
    });
    server.listen(port, address, resolve);
  });
}
