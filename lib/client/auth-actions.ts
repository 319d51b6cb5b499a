import * as z from "zod/mini";
import type { Api } from "./api.ts";

const csrfAnswer = z.object({ csrfToken: z.string() });

/** next-auth wants its own CSRF token with every action. */
async function post(api: Api, action: string, body: object): Promise<void> {
  const { csrfToken } = await api.get("/api/auth/csrf", csrfAnswer);
  await api.send("POST", `/api/auth/${action}`, { ...body, csrfToken, json: "true" });
}

export function confirmSignIn(api: Api, step: { challenge: string; code: string }): Promise<void> {
  return post(api, "callback/credentials", step);
}

/** Ends the session. Keys stay in this browser, so that signing in again needs no recovery code. */
export function signOut(api: Api): Promise<void> {
  return post(api, "signout", {});
}
