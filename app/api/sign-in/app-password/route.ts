import { appPasswordSignInBody } from "@/lib/protocol/http/app-passwords.ts";
import { route } from "@/server/http/route.ts";
import { browserCookie, sessionCookie } from "@/server/http/session-cookie.ts";

/** For programs: one step, and a session in which nobody can step up. */
export const POST = route({
  access: "anybody",
  body: appPasswordSignInBody,
  async handle({ services, body, client, findBrowser }) {
    const { accountId, sid } = await services.signIn.byAppPassword(body, client, await findBrowser());
    const known = { accountId, id: services.sessions.idOf(sid) };
    const token = await services.tokens.sign({ accountId, sid });
    const headers = new Headers({ "cache-control": "no-store" });
    headers.append("set-cookie", sessionCookie(token, services.sessions.longest().absolute));
    headers.append("set-cookie", browserCookie(await services.tokens.signBrowser(known)));
    return new Response(null, { status: 204, headers });
  },
});
