import { WebSocket } from "ws";
import type { ClientSocket, Platform, Storage } from "../../client/platform.ts";
import { sealerHere } from "../../client/seal-batch.ts";
import { AppError } from "../../protocol/errors.ts";
import { type Cookies, cookieHeader } from "./cookies.ts";
import { temporaryShelf } from "./temporary-shelf.ts";

/** What a client in Node is made of, where a browser tab has its page. */
export interface NodeHost {
  /** "https://chat.example.org" */
  readonly origin: string;
  readonly deviceName: string;
  readonly userAgent: string;
  readonly owner: string;
  readonly storage: Storage;
  /** Certificates to trust beside those that Node trusts, as PEM. */
  readonly certificates?: string | undefined;
  request(url: URL, init: RequestInit & { readonly headers: Headers }): Promise<Response>;
  cookies(): Cookies;
  /** @param headers values of Set-Cookie, maybe none */
  keepCookies(headers: readonly string[]): Promise<void>;
  /** A socket was let in, or not: with the status by which the server said so. */
  onUpgrade?(refusal: number | null): void;
  isGone(owner: string): Promise<boolean>;
  exclusive<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** How soon there is nothing more urgent, in milliseconds. */
  readonly idleAfter: number;
  /** Calls back as long as this client is used. @returns stops it */
  onActivity(listener: () => void): () => void;
}

/** lib/client in Node. It searches nothing: there is no index. */
export function createNodePlatform(host: NodeHost): Platform {
  return {
    async fetch(path, init) {
      const headers = new Headers(init?.headers);
      headers.set("cookie", cookieHeader(host.cookies()));
      headers.set("origin", host.origin);
      headers.set("user-agent", host.userAgent);
      const response = await host.request(new URL(path, host.origin), {
        ...init,
        headers,
        redirect: "manual",
      });
      await host.keepCookies(response.headers.getSetCookie());
      return response;
    },
    openSocket: (path) => toClientSocket(openWebSocket(host, path)),
    storage: host.storage,
    deviceName: host.deviceName,
    now: () => Date.now(),
    owner: host.owner,
    isGone: host.isGone,
    exclusive: host.exclusive,
    startSealer: async () => sealerHere,
    whenIdle: (work) => void setTimeout(work, host.idleAfter).unref(),
    breathe: () => new Promise((resolve) => void setImmediate(resolve)),
    openShelf: async () => temporaryShelf(),
    openSearchIndex: () => Promise.reject(new AppError("unavailable", "no index here")),
    onConnectivity: () => () => {},
    onActivity: host.onActivity,
    onVisibility: () => () => {},
  };
}

/** Its errors end in its `close`. */
export function openWebSocket(
  { origin, cookies, userAgent, certificates, onUpgrade }: NodeHost,
  path: string,
): WebSocket {
  const socket = new WebSocket(new URL(path, origin.replace("http", "ws")), {
    headers: { cookie: cookieHeader(cookies()), origin, "user-agent": userAgent },
    ...(certificates && { ca: certificates }),
  });
  socket.binaryType = "arraybuffer";
  socket.on("error", () => {});
  socket.on("open", () => onUpgrade?.(null));
  socket.on("unexpected-response", (_, { statusCode }) => {
    onUpgrade?.(statusCode ?? 0);
    socket.terminate();
  });
  return socket;
}

function toClientSocket(socket: WebSocket): ClientSocket {
  const face: ClientSocket = {
    binaryType: "arraybuffer",
    get readyState() {
      return socket.readyState;
    },
    onclose: null,
    onmessage: null,
    send: (data) => socket.send(data),
    close: () => socket.close(),
  };
  socket.on("close", (code) => face.onclose?.({ code }));
  socket.on("message", (raw, isBinary) => face.onmessage?.({ data: isBinary ? raw : raw.toString() }));
  return face;
}
