import { once } from "node:events";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import type { Profile } from "../../../server/testing/node-platform.ts";
import type { ServerProcess } from "../../../server/testing/server-process.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The code of a problem answer; undefined for anything else. */
  readonly code: string | undefined;
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array | undefined;
  /** Sent without Content-Length. */
  readonly chunks?: readonly (string | Uint8Array)[];
}

/** A request with exactly these headers and bytes: nothing that a browser or fetch would add or refuse. */
export function send(
  server: ServerProcess,
  method: string,
  path: string,
  { headers, body, chunks }: Sent = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const host = `localhost:${server.port}`;
    const options = { host: "127.0.0.1", port: server.port, method, path, agent: false };
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = request({ ...options, headers: { host, ...length, ...headers } }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      incoming.on("end", () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: text,
          code: codeOf(incoming.headers["content-type"], text),
        }),
      );
    });
    outgoing.on("error", reject);
    for (const chunk of chunks ?? []) outgoing.write(chunk);
    outgoing.end(body);
  });
}

/** A mutation as our own page sends it. */
export function post(
  server: ServerProcess,
  path: string,
  body: unknown,
  headers: Sent["headers"] = {},
  method = "POST",
): Promise<Answer> {
  return send(server, method, path, {
    headers: { origin: server.origin, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** Bytes of which the last one never comes: the connection ends in the middle. */
export async function putTorn(
  { port, origin }: ServerProcess,
  path: string,
  { cookie }: { readonly cookie: string },
  bytes: Uint8Array,
): Promise<void> {
  // Read, or it would never close.
  const socket = connect(port, "127.0.0.1")
    .on("error", () => {})
    .resume();
  const head = [
    ...[`PUT ${path} HTTP/1.1`, `host: localhost:${port}`, `origin: ${origin}`, `cookie: ${cookie}`],
    ...["content-type: application/octet-stream", `content-length: ${bytes.length + 1}`],
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  await new Promise((resolve) => socket.write(bytes, resolve));
  socket.end();
  await once(socket, "close");
}

export function cookieHeader({ cookies }: Profile): { cookie: string } {
  return { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
}

function codeOf(type: string | undefined, body: string): string | undefined {
  return type === "application/problem+json" ? (JSON.parse(body) as { code: string }).code : undefined;
}
