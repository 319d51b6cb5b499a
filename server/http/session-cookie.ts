import { AppError } from "../../lib/protocol/errors.ts";
import type { Services } from "../services/services.ts";
import type { Admission } from "../services/sessions.ts";
import { BROWSER_SECONDS } from "../services/tokens.ts";
import { toAppError } from "./problem.ts";

/** next-auth takes every cookie whose name starts like this one for a part of it: no other may. */
export const SESSION_COOKIE = "__Host-sceau-session";

/** `__Host-`: Secure, this host only, Path=/. Browsers treat localhost as secure. */
export const COOKIE_OPTIONS = { httpOnly: true, secure: true, sameSite: "strict", path: "/" } as const;

/** @param seconds how long any session lasts */
export function sessionCookie(token: string, seconds: number): string {
  return `${SESSION_COOKIE}=${token}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Strict`;
}

/** Says that somebody has signed in with this browser before (services/tokens.ts); it outlives the session. */
const BROWSER_COOKIE = "__Host-sceau-browser";

export function browserCookie(token: string): string {
  return `${BROWSER_COOKIE}=${token}; Path=/; Max-Age=${BROWSER_SECONDS}; Secure; HttpOnly; SameSite=Strict`;
}

const readSessionCookie = (header: string | null | undefined) => readCookie(header, SESSION_COOKIE);
export const readBrowserCookie = (header: string | null | undefined) => readCookie(header, BROWSER_COOKIE);

/** @returns null when absent, or there twice: two would mean that one of them is not ours. */
function readCookie(header: string | null | undefined, name: string): string | null {
  const values = (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? (values[0] as string) : null;
}

/**
 * The live session behind a Cookie header.
 * @param active whether the request is something the person did
 * @throws AppError "signed-out", "session-stale"
 */
export async function requireSession(
  services: Pick<Services, "tokens" | "sessions">,
  cookieHeader: string | null | undefined,
  active: boolean,
): Promise<Admission> {
  const token = readSessionCookie(cookieHeader);
  if (token === null) throw new AppError("signed-out", "no cookie");
  const { accountId, sid } = await services.tokens.verify(token);
  const session = await services.sessions.admit(sid, active);
  if (session.accountId !== accountId) throw new AppError("signed-out", "not the session's account");
  return session;
}

export type LiveSession = Admission & { readonly sid: string };

/**
 * Who is signed in, for what renews a token or only asks: one that is stale is good enough. Null when nobody is.
 * @param active whether the request is something the person did
 */
export async function findSession(
  services: Pick<Services, "tokens" | "sessions">,
  cookieHeader: string | null | undefined,
  active: boolean,
): Promise<LiveSession | null> {
  const token = readSessionCookie(cookieHeader);
  if (token === null) return null;
  try {
    const { sid } = await services.tokens.verify(token, services.sessions.longest().idle);
    return { ...(await services.sessions.admit(sid, active)), sid };
  } catch (error) {
    // The services may be of another bundle, and so is the class of their errors.
    const { code } = toAppError(error);
    if (code === "signed-out" || code === "session-stale") return null;
    throw error;
  }
}
