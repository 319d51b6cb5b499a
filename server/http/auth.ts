import { NextRequest } from "next/server";
import NextAuth, { type AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { AppError } from "../../lib/protocol/errors.ts";
import { confirmSignInBody } from "../../lib/protocol/http/accounts.ts";
import type { Client } from "../services/client.ts";
import type { Services } from "../services/services.ts";
import { LONGEST_IDLE_SECONDS, LONGEST_SECONDS } from "../services/sessions.ts";
import { problem, toAppError } from "./problem.ts";
import { readJson, requireSameOrigin } from "./request-checks.ts";
import { clientOf } from "./route.ts";
import { getServices } from "./services.ts";
import { COOKIE_OPTIONS, readSessionCookie, SESSION_COOKIE } from "./session-cookie.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** What of next-auth is reachable; its own pages are not. */
const ACTIONS = new Set(["GET csrf", "GET session", "POST callback/credentials", "POST signout"]);

/**
 * next-auth with everything that counts decided here: tokens are ours (services/tokens.ts), the session row
 * rules, and a refused sign-in is answered like any other refusal instead of by a redirect.
 */
export async function handleAuth(request: Request, context: Context): Promise<Response> {
  const services = getServices();
  try {
    const action = (await context.params).nextauth.join("/");
    if (!ACTIONS.has(`${request.method} ${action}`)) throw new AppError("not-found");
    if (request.method !== "GET") requireSameOrigin(request, services.publicUrl);
    // next-auth signs out on any failure here; a database that is away for a moment must not.
    if (action === "session") await findSession(services, readSessionCookie(request.headers.get("cookie")));
    const checked = request.method === "GET" ? request : await withCheckedBody(request);
    let refusal: unknown = null;
    const options = authOptions(services, clientOf(request), (error) => {
      refusal = error;
    });
    const response: Response = await NextAuth(checked as never, context as never, options);
    return refusal ? problem(refusal, services.log) : response;
  } catch (error) {
    return problem(error, services.log);
  }
}

/** next-auth would read a body of any size and type. */
async function withCheckedBody(request: Request): Promise<NextRequest> {
  const body = JSON.stringify(await readJson(request));
  return new NextRequest(request.url, { method: request.method, headers: request.headers, body });
}

/** The live session of a token that is at most stale; null when signed out. */
async function findSession(services: Services, token: string | null) {
  if (token === null) return null;
  try {
    const { sessionId } = await services.tokens.verify(token, LONGEST_IDLE_SECONDS);
    const session = await services.sessions.require(services.sessions.keyOf(sessionId), true);
    return { sub: session.accountId, sid: sessionId };
  } catch (error) {
    // The services are of another bundle, and so is the class of their errors.
    const { code } = toAppError(error);
    if (code === "signed-out" || code === "session-stale") return null;
    throw error;
  }
}

function authOptions(services: Services, client: Client, refuse: (error: unknown) => void): AuthOptions {
  return {
    providers: [
      CredentialsProvider({
        credentials: {},
        async authorize(input) {
          try {
            const step = confirmSignInBody.safeParse(input);
            if (!step.success) throw new AppError("bad-request", "challenge and code");
            const { accountId, sessionId } = await services.signIn.confirm(step.data, client);
            return { id: accountId, sessionId };
          } catch (error) {
            refuse(error);
            return null;
          }
        },
      }),
    ],
    // Only for next-auth's own CSRF cookie: tokens are signed with our keys.
    secret: services.authSecret,
    session: { strategy: "jwt", maxAge: LONGEST_SECONDS },
    jwt: {
      encode: ({ token }) =>
        services.tokens.sign({ accountId: String(token?.sub), sessionId: String(token?.sid) }),
      decode: ({ token }) => findSession(services, token ?? null),
    },
    callbacks: {
      jwt: ({ token, user }) =>
        user ? { sub: user.id, sid: (user as { sessionId?: string }).sessionId } : { ...token },
      session: ({ token, session }) => ({
        expires: session.expires,
        user: { id: String(token.sub) } as object,
      }),
    },
    events: {
      async signOut({ token }) {
        const sessionId = token?.sid;
        if (typeof sessionId === "string") {
          await services.sessions.signOut(services.sessions.keyOf(sessionId), client);
        }
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
