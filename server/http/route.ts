import type { ZodMiniType } from "zod/mini";
import type { Bytes } from "../../lib/base/bytes.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Permission } from "../../lib/protocol/permissions.ts";
import type { Client } from "../services/client.ts";
import type { Services } from "../services/services.ts";
import type { Admission } from "../services/sessions.ts";
import type { KnownBrowser } from "../services/tokens.ts";
import { CLIENT_ADDRESS_HEADER } from "./client-address.ts";
import { problem } from "./problem.ts";
import { type IncomingCall, readBytes, readJson, requireSameOrigin } from "./request-checks.ts";
import { getServices } from "./services.ts";
import { readBrowserCookie, requireSession } from "./session-cookie.ts";

type Params = Record<string, string | string[] | undefined>;
type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/** What a route takes. It stands at the handler for tests, which make requests up from it. */
export type Shapes = Readonly<Partial<Record<"body" | "query" | "params", ZodMiniType<unknown>>>>;

interface Route {
  /** What it answers, before that is a response. @throws AppError */
  readonly answer: (request: IncomingCall, params: Params) => Promise<unknown>;
  readonly shapes: Shapes;
}

/** Of an answer that is a byte string. */
export const BYTES_HEADERS = { "content-type": "application/octet-stream", "cache-control": "no-store" };

interface Call<Access, Body, Query, Path> {
  readonly services: Services;
  readonly client: Client;
  readonly session: Access extends "signed-in" ? Admission : null;
  readonly body: Body;
  readonly query: Query;
  readonly params: Path;
  /** The body as it comes, of a route that declares none; checked when it is asked for. @param limit in bytes */
  readonly readBytes: (limit: number) => AsyncIterable<Uint8Array>;
  /** A header of the request's; null where there is none. */
  readonly header: (name: string) => string | null;
  /** That somebody has signed in with before; for what counts its attempts apart. */
  readonly findBrowser: () => Promise<KnownBrowser | null>;
  /** The token of an Authorization header; for programs, which have no session. */
  readonly bearer: string | null;
}

interface Declaration<Access, Body, Query, Path> {
  /** Who may call: anybody, or whoever has a live session. What they may touch is the service's to check. */
  readonly access: Access;
  /**
   * What the account's role must let it do, of a route of the administration. Who may not is answered as at an address that
   * is none; who may, within the administration's own idle limit, which all but `unattended` requests move.
   */
  readonly permission?: Access extends "signed-in" ? Permission : never;
  /** Whether the person must have proved both factors anew, in this session, within the last five minutes. */
  readonly stepUp?: Access extends "signed-in" ? boolean : never;
  /** The browser asks by itself, nobody need be there: the session's idle limit stays where it is. */
  readonly unattended?: Access extends "signed-in" ? boolean : never;
  readonly body?: ZodMiniType<Body>;
  /** Where the usual limit is too small. */
  readonly bodyBytes?: number;
  readonly query?: ZodMiniType<Query>;
  readonly params?: ZodMiniType<Path>;
  /** A Response as it is, bytes as they are, anything else as JSON, nothing as 204. */
  readonly handle: (call: Call<Access, Body, Query, Path>) => Promise<unknown>;
}

/** A route handler from its declaration: who may call, what the input is, and the one service call it makes. */
export function route<
  const Access extends "anybody" | "signed-in",
  Body = undefined,
  Query = undefined,
  Path = undefined,
>(declaration: Declaration<Access, Body, Query, Path>): Handler & Route {
  const answer: Route["answer"] = async (request, given) => {
    const services = getServices();
    const cookies = request.headers.get("cookie");
    const writes = request.method !== "GET" && request.method !== "HEAD";
    if (writes) requireSameOrigin(request, services.publicUrl);
    // Reading happens by itself, as after a reconnect; only what a person does moves the idle limit.
    // In the administration a person also reads: its views ask when somebody opens them.
    const { permission } = declaration;
    const attended = (writes || permission !== undefined) && !declaration.unattended;
    const session =
      declaration.access === "signed-in" ? await requireSession(services, cookies, attended) : null;
    if (writes && session) services.takeWrite(session.accountId);
    const client = { ...clientOf(request), ...(session && { session: session.id }) };
    if (session) await services.accessRules.require("server", session, client);
    if (permission && session) await services.adminDoor.enter(session, permission, client, attended);
    if (declaration.stepUp && !session?.steppedUp) throw new AppError("step-up-required");
    return declaration.handle({
      services,
      client,
      session: session as Call<Access, Body, Query, Path>["session"],
      body: declaration.body
        ? parse(declaration.body, await readJson(request, declaration.bodyBytes))
        : (undefined as Body),
      query: declaration.query
        ? parse(declaration.query, Object.fromEntries(new URL(request.url).searchParams))
        : (undefined as Query),
      params: declaration.params ? parse(declaration.params, given) : (undefined as Path),
      readBytes: (limit) => readBytes(request, limit),
      header: (name) => request.headers.get(name),
      bearer: /^Bearer ([\x21-\x7e]{1,256})$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null,
      findBrowser: () => services.tokens.findBrowser(readBrowserCookie(cookies) ?? ""),
    });
  };
  const handler: Handler = async (request, context) => {
    try {
      return toResponse(await answer(request, await context.params));
    } catch (error) {
      return problem(error, getServices().log);
    }
  };
  const { body, query, params } = declaration;
  const shapes = { ...(body && { body }), ...(query && { query }), ...(params && { params }) };
  return Object.assign(handler, { answer, shapes });
}

export function clientOf(request: IncomingCall): Client {
  return {
    address: request.headers.get(CLIENT_ADDRESS_HEADER) ?? "",
    agent: (request.headers.get("user-agent") ?? "").slice(0, 255),
  };
}

/** Byte strings travel as base64url. */
export function json(value: unknown, init: ResponseInit = {}): Response {
  const text = JSON.stringify(value, (_, field) =>
    field instanceof Uint8Array ? Buffer.from(field).toString("base64url") : field,
  );
  return new Response(text, {
    ...init,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...init.headers },
  });
}

function toResponse(answer: unknown): Response {
  if (answer instanceof Response) return answer;
  if (answer === undefined)
    return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
  if (answer instanceof Uint8Array) return new Response(answer as Bytes, { headers: BYTES_HEADERS });
  return json(answer);
}

function parse<T>(schema: ZodMiniType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  // Paths and rules only: the input itself may be a password.
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`);
  throw new AppError("bad-request", issues.join("; "));
}
