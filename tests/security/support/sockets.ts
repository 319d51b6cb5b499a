import { once } from "node:events";
import { type ClientOptions, WebSocket } from "ws";
import { decodeServerFrame, type ServerBinaryFrame } from "../../../lib/protocol/frames.ts";
import type { Profile } from "../../../server/testing/node-platform.ts";
import type { ServerProcess } from "../../../server/testing/server-process.ts";
import { cookieHeader } from "./http.ts";

interface Options {
  readonly cookie?: string | null;
  readonly origin?: string | null;
  readonly path?: string;
  readonly client?: ClientOptions;
}

function connect(
  server: ServerProcess,
  { cookie, origin, path = "/api/socket", client }: Options,
): WebSocket {
  return new WebSocket(`ws://localhost:${server.port}${path}`, {
    ...client,
    headers: {
      ...client?.headers,
      ...(cookie && { cookie }),
      ...(origin !== null && { origin: origin ?? server.origin }),
    },
  });
}

/** The HTTP status with which the upgrade is refused; 101 when it is not, null when the connection just ends. */
export function upgradeStatus(server: ServerProcess, options: Options): Promise<number | null> {
  const socket = connect(server, options);
  return new Promise((resolve) => {
    const done = (status: number | null) => {
      resolve(status);
      socket.terminate();
    };
    socket.on("open", () => done(101));
    socket.on("unexpected-response", (_, response) => done(response.statusCode ?? 0));
    socket.on("error", () => done(null));
  });
}

export interface RawSocket {
  readonly socket: WebSocket;
  readonly texts: string[];
  readonly frames: ServerBinaryFrame[];
  readonly closed: Promise<number>;
  /** Resolves with the first binary frame that passes; those seen before count. */
  frame(test: (frame: ServerBinaryFrame) => boolean): Promise<ServerBinaryFrame>;
  close(): void;
}

/** An open socket of this browser, past the server's greeting, that sends whatever it is told to. */
export async function openSocket(
  server: ServerProcess,
  profile: Profile,
  client: ClientOptions = {},
): Promise<RawSocket> {
  const socket = connect(server, { ...cookieHeader(profile), client });
  const texts: string[] = [];
  const frames: ServerBinaryFrame[] = [];
  const closed = once(socket, "close").then(([code]) => code as number);
  socket.on("error", () => {});
  const greeted = new Promise<void>((resolve) => {
    socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) frames.push(decodeServerFrame(new Uint8Array(data)));
      else texts.push(data.toString());
      resolve();
    });
  });
  await Promise.race([greeted, closed.then((code) => Promise.reject(new Error(`closed with ${code}`)))]);
  return {
    socket,
    texts,
    frames,
    closed,
    async frame(test) {
      for (;;) {
        const found = frames.find(test);
        if (found) return found;
        await Promise.race([
          once(socket, "message"),
          closed.then((code) => Promise.reject(new Error(`closed with ${code}`))),
        ]);
      }
    },
    close: () => socket.terminate(),
  };
}
