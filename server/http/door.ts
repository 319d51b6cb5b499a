import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { availableParallelism } from "node:os";
import { ERROR_STATUSES } from "../../lib/protocol/error-statuses.ts";
import type { ErrorCode } from "../../lib/protocol/errors.ts";
import type { HttpAnswer } from "../server-metrics.ts";
import { type AddressOf, CLIENT_ADDRESS_HEADER, stripForwardingHeaders } from "./client-address.ts";
import { answerDirectly } from "./directly.ts";
import { createGate } from "./gate.ts";
import { localeOf, pagePath } from "./locale.ts";
import { createRoutePatterns } from "./route-patterns.ts";
import { createSecurityHeaders, type HeaderOptions } from "./security-headers.ts";
import { createTurns } from "./turns.ts";

export interface DoorOptions extends HeaderOptions {
  readonly publicUrl: URL;
  readonly addressOf: AddressOf;
  /** Whether a Cookie header carries a live session. */
  readonly isSignedIn: (cookies: string | undefined) => Promise<boolean>;
  /** As they were declared: what answers are counted by. */
  readonly routes: readonly string[];
  readonly measure: (answer: HttpAnswer) => void;
}

type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answered under any host name: probes and scrapers come by address. */
const PROBES = new Set(["/api/health", "/api/ready", "/api/metrics"]);

/** Pages that somebody who is signed in has no use for. */
const FOR_STRANGERS = new Set(["/login", "/register"]);

/** Its answers say by themselves how long they may be kept; what is said here could not be taken back. */
const PICTURE = /^\/api\/people\/[\w-]+\/picture$/;

/** What strangers ask for and costs a bcrypt, or all others their turn: not more than keep its threads busy, and a line of some seconds. */
const COSTLY = new Set(["/api/sign-in", "/api/sign-in/app-password", "/api/registration"]);
const AT_THE_GATE = { atOnce: availableParallelism() + 2, waiting: 100, patienceMs: 10_000 };
const RETRY_SECONDS = 5;

/** Requests that are begun before messages have their turn: some 2 ms. */
const BEGUN_AT_ONCE = 4;

/** What people send each other: nothing of it is ever to run or show here, whatever the browser takes it for. */
const FILE = /^\/api\/conversations\/[^/]+\/files\//;

const API_METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE"];
const PAGE_METHODS = ["GET", "HEAD"];

/** Everything that is true of every request, before Next sees it. */
export function createDoor(next: NextHandler, options: DoorOptions): RequestListener {
  const routeOf = createRoutePatterns(options.routes);
  const enterGate = createGate(AT_THE_GATE);
  const inTurn = createTurns(BEGUN_AT_ONCE);
  const setSecurityHeaders = createSecurityHeaders(options);

  /** @param cameAt in milliseconds of the process: it may have waited for its turn since */
  function measure(cameAt: number, method: string, path: string, response: ServerResponse): void {
    response.once("close", () =>
      options.measure({
        method: API_METHODS.includes(method) ? method : "other",
        route: routeOf(path),
        status: response.statusCode,
        seconds: (performance.now() - cameAt) / 1000,
      }),
    );
  }

  function receive(request: IncomingMessage, response: ServerResponse, cameAt: number): void {
    const [path, query] = splitUrl(request.url);
    const page = pagePath(path, localeOf(request));
    const isApi = path.startsWith("/api/");
    measure(cameAt, request.method ?? "", page ?? path, response);
    setSecurityHeaders(response, page ?? path);
    if (FILE.test(path)) response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    if (isApi && !PICTURE.test(path)) response.setHeader("Cache-Control", "no-store");

    // "*" and absolute forms are for proxies; no browser sends them here.
    if (!path.startsWith("/")) return void refuse(response, "bad-request");
    if (!PROBES.has(path) && request.headers.host !== options.publicUrl.host) {
      // One origin: cookies, WebSocket and Origin checks all name it. A person who typed another is led there.
      if (isApi || request.method !== "GET") return void refuse(response, "wrong-host");
      // Not resolved as a URL reference: "//elsewhere" would lead away.
      response.writeHead(308, { location: `${options.publicUrl.origin}${request.url}` }).end();
      return;
    }
    if (!isPlain(path)) return void refuse(response, "not-found");
    const methods = isApi ? API_METHODS : PAGE_METHODS;
    // Next's own development endpoints take more.
    if (!options.dev && !methods.includes(request.method ?? "")) {
      response.setHeader("Allow", methods.join(", "));
      return void refuse(response, "method-not-allowed");
    }
    const address = options.addressOf(request);
    stripForwardingHeaders(request);
    request.headers[CLIENT_ADDRESS_HEADER] = address;
    request.headers["x-forwarded-host"] = options.publicUrl.host;
    request.headers["x-forwarded-proto"] = options.publicUrl.protocol.slice(0, -1);

    if (page !== null) {
      request.url = query === undefined ? page : `${page}?${query}`;
      keepPagesFresh(response);
    }
    serve(path, request, response).catch(() => response.destroy());
  }

  return (request, response) => {
    const cameAt = performance.now();
    inTurn(() => receive(request, response, cameAt));
  };

  async function serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (FOR_STRANGERS.has(path) && (await isSignedIn(request.headers.cookie))) {
      response.writeHead(303, { location: "/" }).end();
      return;
    }
    if (request.method === "POST" && COSTLY.has(path) && !(await enterGate(response))) {
      response.setHeader("Retry-After", RETRY_SECONDS);
      return refuse(response, "overloaded");
    }
    if (await answerDirectly(path, request, response, options.publicUrl.origin)) return;
    await next(request, response);
  }

  /** A database that is away keeps nobody from the page. */
  function isSignedIn(cookies: string | undefined): Promise<boolean> {
    return options.isSignedIn(cookies).catch(() => false);
  }
}

/** Next takes "/api/./sign-in" for what it leads to: whatever holds for that address here would not hold for this one. */
function isPlain(path: string): boolean {
  const base = "http://localhost";
  return URL.canParse(path, base) && new URL(path, base).pathname === path;
}

function splitUrl(url = "/"): [string, string | undefined] {
  const at = url.indexOf("?");
  return at === -1 ? [url, undefined] : [url.slice(0, at), url.slice(at + 1)];
}

function refuse(response: ServerResponse, code: ErrorCode): void {
  const status = ERROR_STATUSES[code];
  response.writeHead(status, { "content-type": "application/problem+json" });
  response.end(JSON.stringify({ type: "about:blank", status, title: code, code }));
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
