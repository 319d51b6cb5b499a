import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { oneByOne } from "../base/one-by-one.ts";
import { AppError } from "../protocol/errors.ts";
import { LIMITS } from "../protocol/limits.ts";

/** A body holds one message; JSON may write each character as six. */
const BODY_BYTES = 6 * LIMITS.messageChars + 1024;
const REQUEST_MS = 10_000;
const MINUTE_MS = 60_000;
/** How often it is looked whose time is over; Node looks each half minute. */
const LOOK_MS = 1_000;

export interface WebhookOptions {
  readonly token: string;
  /** Messages that are taken at most within any minute. */
  readonly perMinute: number;
  /** How long a caller waits at most for those before it and for its own message, in milliseconds. */
  readonly patience: number;
  /** Resolves to what the caller is told. @param patience what is left of it */
  deliver(text: string, patience: number): Promise<object>;
  /** The status of an error, and its code. */
  refusal(error: unknown): { readonly status: number; readonly code: string };
}

/** Takes messages by HTTP from programs that know the token, one after the other. */
export function createWebhook({ token, perMinute, patience, deliver, refusal }: WebhookOptions): Server {
  const wanted = digest(token);
  /** When those of the last minute were taken, oldest first. */
  let takenAt: readonly number[] = [];
  const inOrder = oneByOne();

  /** @returns seconds to wait; 0 when it may go */
  function take(): number {
    const now = performance.now();
    takenAt = takenAt.filter((at) => at > now - MINUTE_MS);
    const [oldest] = takenAt;
    if (oldest !== undefined && takenAt.length >= perMinute)
      return Math.ceil((oldest + MINUTE_MS - now) / 1_000);
    takenAt = [...takenAt, now];
    return 0;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: object, headers: Record<string, string> = {}) => {
      // What was not read would hold up the connection.
      if (!request.complete) response.shouldKeepAlive = false;
      response.writeHead(status, {
        "content-type": "application/json",
        "cache-control": "no-store",
        ...headers,
      });
      response.end(`${JSON.stringify(body)}\n`);
    };
    const refuse = (status: number, code: string, headers?: Record<string, string>) =>
      answer(status, { error: { code } }, headers);

    if (!timingSafeEqual(digest(tokenOf(request)), wanted))
      return refuse(401, "unauthorized", { "www-authenticate": "Bearer" });
    if (request.url?.split("?")[0] !== "/") return refuse(404, "not-found");
    if (request.method !== "POST") return refuse(405, "method-not-allowed", { allow: "POST" });
    const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
    if (type !== "application/json" && type !== "text/plain") return refuse(415, "wrong-content-type");
    const body = await readBody(request);
    if (body === null) return refuse(413, "too-large");
    const text = textOf(body, type);
    if (text === null || text.trim() === "") return refuse(400, "bad-request");
    if (text.length > LIMITS.messageChars) return refuse(413, "too-large");
    const wait = take();
    if (wait > 0) return refuse(429, "too-many-requests", { "retry-after": String(wait) });
    const deadline = performance.now() + patience;
    const delivered = inOrder(() => {
      const left = deadline - performance.now();
      // Whoever has given up sends it again, maybe: it would be there twice.
      if (left <= 0 || request.socket.destroyed) throw new AppError("unavailable");
      return deliver(text, left);
    });
    try {
      answer(200, await delivered);
    } catch (error) {
      const { status, code } = refusal(error);
      refuse(status, code);
    }
  }

  const times = {
    requestTimeout: REQUEST_MS,
    headersTimeout: REQUEST_MS,
    connectionsCheckingInterval: LOOK_MS,
  };
  const server = createServer(times, (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.on("clientError", refuseBroken);
  server.maxConnections = 100;
  return server;
}

/** What is no request, or does not become one in time: there is nobody yet to answer in Node's own way. */
function refuseBroken({ code }: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const [status, word] =
    code === "ERR_HTTP_REQUEST_TIMEOUT"
      ? ["408 Request Timeout", "request-timeout"]
      : code === "HPE_HEADER_OVERFLOW"
        ? ["431 Request Header Fields Too Large", "too-large"]
        : ["400 Bad Request", "bad-request"];
  const body = `${JSON.stringify({ error: { code: word } })}\n`;
  const head = [
    `HTTP/1.1 ${status}`,
    "content-type: application/json",
    `content-length: ${body.length}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function tokenOf({ headers }: IncomingMessage): string {
  const [, bearer] = /^Bearer (.+)$/i.exec(headers.authorization ?? "") ?? [];
  const own = headers["x-sceau-token"];
  return bearer ?? (typeof own === "string" ? own : "");
}

/** Of one length, so that comparing takes as long whatever was sent. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** @returns null when it is too large */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The text itself, or the field "text" of a JSON object. @returns null for neither */
function textOf(body: Buffer, type: string): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    // As `send` has it: `curl --data-binary @file` brings that of the file's last line.
    if (type === "text/plain") return text.replace(/\r?\n$/, "");
    const value: unknown = JSON.parse(text);
    const field = typeof value === "object" && value !== null && "text" in value ? value.text : null;
    return typeof field === "string" && field.isWellFormed() ? field : null;
  } catch {
    return null;
  }
}
