import { Agent, type RequestOptions, request } from "node:https";
import { Readable } from "node:stream";
import type { NodeHost } from "./node-platform.ts";

/** As `fetch`, which knows no certificates but those that Node trusts. For requests whose body is text or bytes. */
export function createTlsRequest(certificates: string): NodeHost["request"] {
  const agent = new Agent({ keepAlive: true, ca: certificates });
  return (url, { method = "GET", headers, body, signal }) =>
    new Promise((resolve, reject) => {
      if (url.protocol !== "https:") throw new TypeError("certificates are for https");
      const options: RequestOptions = { agent, method, headers: Object.fromEntries(headers) };
      const sent = request(url, { ...options, ...(signal && { signal }) }, (answer) => {
        const received = new Headers();
        for (let i = 0; i < answer.rawHeaders.length; i += 2)
          received.append(answer.rawHeaders[i] ?? "", answer.rawHeaders[i + 1] ?? "");
        const status = answer.statusCode ?? 502;
        const hasBody = status !== 204 && status !== 205 && status !== 304;
        if (!hasBody) answer.resume();
        const stream = hasBody ? (Readable.toWeb(answer) as ReadableStream<Uint8Array>) : null;
        resolve(new Response(stream, { status, headers: received }));
      });
      sent.on("error", reject);
      sent.end(body ?? undefined);
    });
}
