import { NextRequest } from "next/server";
import NextAuth, { type AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import * as z from "zod/mini";
import { AppError } from "../../lib/protocol/errors.ts";
import { confirmSignInBody } from "../../lib/protocol/http/entrance.ts";
import type { Client } from "../services/client.ts";
import type { Services } from "../services/services.ts";
import type { KnownBrowser } from "../services/tokens.ts";
import { problem } from "./problem.ts";
import { readJson, requireSameOrigin } from "./request-checks.ts";
import { clientOf } from "./route.ts";
import { getServices } from "./services.ts";
import {
  browserCookie,
  COOKIE_OPTIONS,
  findSession,
  type LiveSession,
  readBrowserCookie,
  SESSION_COOKIE,
} from "./session-cookie.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

const fromClient = { csrfToken: z.string(), json: z.literal("true") };
const signOutBody = z.strictObject(fromClient);
const signInBody = z.strictObject({ ...confirmSignInBody.shape, ...fromClient });

/** What of next-auth is reachable, and with what; its own pages are not. */
const ACTIONS: Readonly<Record<string, z.ZodMiniType | null>> = {
  "GET csrf": null,
  "GET session": null,
  "POST callback/credentials": signInBody,
  "POST signout": signOutBody,
};

/**
 * next-auth with everything that counts decided here: tokens are ours (services/tokens.ts), the session row
 * rules, and a refused sign-in is answered like any other refusal instead of by a redirect.
 */
export async function handleAuth(request: Request, context: Context): Promise<Response> {
  const services = getServices();
  try {
    const action = `${request.method} ${(await context.params).nextauth.join("/")}`;
    const body = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (body === undefined) throw new AppError("not-found");
    if (body) requireSameOrigin(request, services.publicUrl);
    const checked = body ? await withBody(request, body) : withoutQuery(request);
    // Not by next-auth: it signs out on any failure, and a database that is away for a moment must not do that.
    const cookies = request.headers.get("cookie");
    // Sockets come back and renew by themselves; only the person's own doing moves the idle limit.
    const active = body !== null || new URL(request.url).searchParams.get("active") === "1";
    const session = await findSession(services, cookies, active);
    // Signing out is possible from everywhere.
    if (session && !body) await services.accessRules.require("server", session, clientOf(request));
    const browser = await services.tokens.findBrowser(readBrowserCookie(cookies) ?? "");
    let started = null as KnownBrowser | null;
    let refusal: unknown = null;
    const options = authOptions(services, session, {
      client: clientOf(request),
      browser,
      welcome: (made) => {
        started = made;
      },
      refuse: (error) => {
        refusal = error;
      },
    });
    const response: Response = await NextAuth(checked as never, context as never, options);
    if (refusal) throw refusal;
    // Its answer to a wrong CSRF token is the way to a page of its own, with status 200.
    if (body && (await response.clone().text()).includes("csrf=true"))
      throw new AppError("wrong-origin", "CSRF");
    if (session?.current === false && !body) keepNewerCookie(response);
    const living = started ?? session;
    if (living && living.accountId !== browser?.accountId) {
      response.headers.append("set-cookie", browserCookie(await services.tokens.signBrowser(living)));
    }
    return response;
  } catch (error) {
    return problem(error, services.log);
  }
}

/** next-auth would take a body of any size and type, and a place to lead to from the query. */
async function withBody(request: Request, schema: z.ZodMiniType): Promise<NextRequest> {
  const parsed = schema.safeParse(await readJson(request));
  if (!parsed.success) throw new AppError("bad-request", "fields of an action");
  return withoutQuery(request, JSON.stringify(parsed.data));
}

function withoutQuery({ url, method, headers }: Request, body: string | null = null): NextRequest {
  const { origin, pathname } = new URL(url);
  return new NextRequest(`${origin}${pathname}`, { method, headers, body });
}

/** A renewal that crossed a step-up must not put the secret from before it back. */
function keepNewerCookie({ headers }: Response): void {
  const others = headers.getSetCookie().filter((cookie) => !cookie.startsWith(`${SESSION_COOKIE}=`));
  headers.delete("set-cookie");
  for (const cookie of others) headers.append("set-cookie", cookie);
}

interface Exchange {
  readonly client: Client;
  readonly browser: KnownBrowser | null;
  readonly welcome: (started: KnownBrowser) => void;
  readonly refuse: (error: unknown) => void;
}

function authOptions(
  services: Services,
  session: LiveSession | null,
  { client, browser, welcome, refuse }: Exchange,
): AuthOptions {
  return {
    providers: [
      CredentialsProvider({
        credentials: {},
        async authorize(input) {
          try {
            const step = confirmSignInBody.safeParse(input);
            if (!step.success) throw new AppError("bad-request", "challenge and code");
            const { accountId, sid } = await services.signIn.confirm(step.data, client, browser);
            welcome({ accountId, id: services.sessions.idOf(sid) });
            return { id: accountId, sid };
          } catch (error) {
            refuse(error);
            return null;
          }
        },
      }),
    ],
    // Only for next-auth's own CSRF cookie: tokens are signed with our keys.
    secret: services.authSecret,
    session: { strategy: "jwt", maxAge: services.sessions.longest().absolute },
    jwt: {
      encode: ({ token }) => services.tokens.sign({ accountId: String(token?.sub), sid: String(token?.sid) }),
      decode: async () => session && { sub: session.accountId, sid: session.sid },
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, sid: (user as { sid?: string }).sid } : { ...token }),
      session: ({ token, session: { expires } }) => ({
        expires,
        user: { id: String(token.sub) } as object,
        ...(session && { left: session.left }),
      }),
    },
    events: {
      /** A session that could not be ended must not look ended. */
      async signOut() {
        if (session) await services.sessions.signOut(session, client).catch(refuse);
      },
    },
    cookies: {
      sessionToken: { name: SESSION_COOKIE, options: COOKIE_OPTIONS },
      csrfToken: { name: "__Host-sceau-csrf", options: COOKIE_OPTIONS },
      callbackUrl: { name: "__Host-sceau-callback", options: COOKIE_OPTIONS },
    },
    logger: {
      error: (reason, details) =>
        services.log.debug({ reason, err: (details as { error?: unknown }).error ?? details }, "next-auth"),
      warn: () => {},
      debug: () => {},
    },
  };
}
