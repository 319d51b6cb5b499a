import { EventEmitter } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import next from "next";
import { restBetween } from "./async-context.ts";
import type { Config } from "./config.ts";
import type { ScriptHashes } from "./http/security-headers.ts";

export interface NextApp {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Development only: hot reload's socket. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/**
 * Next attaches an `upgrade` listener of its own to the server it is given, which would end our sockets. It is
 * given a bare emitter instead; in development the upgrades that are not ours are passed on to that.
 */
export async function startNext(config: Config): Promise<NextApp> {
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  process.env.NEXTAUTH_URL = config.publicUrl.origin;
  const emitter = new EventEmitter();
  const app = next({
    dev: config.dev,
    dir: config.root,
    httpServer: emitter as never,
    hostname: config.publicUrl.hostname,
    port: config.port,
    webpack: true,
  });
  await app.prepare();
  const handler = app.getRequestHandler();
  return {
    // In development what compiles goes on between requests.
    handle: config.dev ? handler : restBetween(handler),
    handleUpgrade(request, socket, head) {
      if (config.dev) emitter.emit("upgrade", request, socket, head);
      else socket.destroy();
    },
    close: () => app.close(),
  };
}

/** The addresses that pages and routes were declared with. Written by the build; development does without. */
export function readRoutes({ root, dev }: Config): string[] {
  const file = join(root, ".next", "app-path-routes-manifest.json");
  return dev || !existsSync(file) ? [] : Object.values(JSON.parse(readFileSync(file, "utf8")));
}

/** Written by the build; development does without. */
export function readScriptHashes({ root, dev }: Config): ScriptHashes {
  const file = join(root, "dist", "csp-hashes.json");
  return dev || !existsSync(file) ? {} : JSON.parse(readFileSync(file, "utf8"));
}
