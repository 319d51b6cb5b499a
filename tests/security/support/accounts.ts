import { createEntrance } from "../../../lib/client/entrance.ts";
import { AppError } from "../../../lib/protocol/errors.ts";
import { serverNow } from "../../../server/testing/clock.ts";
import { totpCode } from "../../../server/testing/device.ts";
import { newProfile, nodePlatform, type Profile } from "../../../server/testing/node-platform.ts";
import type { ServerProcess } from "../../../server/testing/server-process.ts";
import { type Answer, cookieHeader, post, send } from "./http.ts";

export const PASSWORD = "correct horse battery";

export interface TestAccount {
  readonly name: string;
  readonly totpSecret: string;
  /** The browser that registered, signed in. */
  readonly profile: Profile;
}

const STEP_MS = 30_000;

/** An account without keys whose present TOTP code is unused: it registered with the one before. */
export async function register(
  server: ServerProcess,
  name: string,
  firstRunToken: string | null = null,
): Promise<TestAccount> {
  const profile = newProfile();
  const entrance = createEntrance(nodePlatform(server.origin, profile));
  const form = { name, displayName: `${name} Test`, password: PASSWORD };
  const { registration, totpSecret } = await entrance.startRegistration({
    ...form,
    ...(firstRunToken && { firstRunToken }),
  });
  const confirm = () =>
    entrance.confirmRegistration({ registration, code: totpCode(totpSecret, serverNow() - STEP_MS) });
  await confirm().catch((error) => {
    // The step ended between here and there.
    if (error instanceof AppError && error.code === "bad-code") return confirm();
    throw error;
  });
  return { name, totpSecret, profile };
}

/** @returns the challenge of step 1 */
export async function startSignIn(server: ServerProcess, name: string, password = PASSWORD): Promise<string> {
  const answer = await post(server, "/api/sign-in", { name, password });
  if (answer.status !== 200) throw new Error(`step 1: ${answer.status} ${answer.code}`);
  return (JSON.parse(answer.body) as { challenge: string }).challenge;
}

/** next-auth's CSRF pair, as a browser gets it before step 2. */
export async function csrf(server: ServerProcess, profile: Profile = newProfile()) {
  const answer = await send(server, "GET", "/api/auth/csrf", { headers: cookieHeader(profile) });
  const [pair = ""] = answer.headers["set-cookie"]?.[0]?.split(";") ?? [];
  const cookie = [cookieHeader(profile).cookie, pair].filter(Boolean).join("; ");
  return { token: (JSON.parse(answer.body) as { csrfToken: string }).csrfToken, headers: { cookie } };
}

/** Step 2 with whatever stands in for challenge and code. */
export async function confirmSignIn(server: ServerProcess, step: object): Promise<Answer> {
  const { token, headers } = await csrf(server);
  return post(server, "/api/auth/callback/credentials", { ...step, csrfToken: token, json: "true" }, headers);
}

export function isSignedIn({ headers }: Answer): boolean {
  return (headers["set-cookie"] ?? []).some((cookie) => /^__Host-sceau-session=[^;]/.test(cookie));
}
