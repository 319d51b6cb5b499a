import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { CLIENT_ADDRESS_HEADER, clientAddress, stripForwardingHeaders } from "./client-address.ts";
import { localeOf, pagePath } from "./locale.ts";
import { type HeaderOptions, setSecurityHeaders } from "./security-headers.ts";

export interface DoorOptions extends HeaderOptions {
  readonly publicUrl: URL;
  readonly trustedProxies: readonly string[];
}

type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answered under any host name: probes come by address. */
const PROBES = new Set(["/api/health", "/api/ready"]);

/** Everything that is true of every request, before Next sees it. */
export function createDoor(next: NextHandler, options: DoorOptions): RequestListener {
  return (request, response) => {
    const [path = "/", query] = splitUrl(request.url);
    if (!PROBES.has(path) && request.headers.host !== options.publicUrl.host) {
      refuseHost(request, response, options.publicUrl);
      return;
    }
    const address = clientAddress(request, options.trustedProxies);
    stripForwardingHeaders(request);
    request.headers[CLIENT_ADDRESS_HEADER] = address;
    request.headers["x-forwarded-host"] = options.publicUrl.host;
    request.headers["x-forwarded-proto"] = options.publicUrl.protocol.slice(0, -1);

    const page = pagePath(path, localeOf(request));
    if (page !== null) {
      request.url = query === undefined ? page : `${page}?${query}`;
      keepPagesFresh(response);
    }
    setSecurityHeaders(response, page ?? path, options);
    void next(request, response);
  };
}

function splitUrl(url = "/"): [string, string | undefined] {
  const at = url.indexOf("?");
  return at === -1 ? [url, undefined] : [url.slice(0, at), url.slice(at + 1)];
}

/** One origin: cookies, WebSocket and Origin checks all name it. A person who typed another way is led there. */
function refuseHost(request: IncomingMessage, response: ServerResponse, publicUrl: URL): void {
  const isNavigation = request.method === "GET" && !request.url?.startsWith("/api/");
  if (isNavigation) response.writeHead(308, { location: new URL(request.url ?? "/", publicUrl).href });
  else response.writeHead(421, { "content-type": "application/problem+json" });
  response.end(
    isNavigation ? undefined : JSON.stringify({ status: 421, title: "wrong-host", code: "wrong-host" }),
  );
}

/** Next lets shared caches keep a prerendered page for a year; these differ by language and change on upgrade. */
function keepPagesFresh(response: ServerResponse): void {
  const writeHead = response.writeHead;
  response.writeHead = function (this: ServerResponse, ...args: unknown[]) {
    this.setHeader("Cache-Control", "private, no-cache");
    this.setHeader("Vary", "Accept-Language, Cookie");
    return writeHead.apply(this, args as Parameters<typeof writeHead>);
  } as typeof writeHead;
}
