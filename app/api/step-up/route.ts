import { stepUpBody } from "@/lib/protocol/http/entrance.ts";
import { route } from "@/server/http/route.ts";
import { sessionCookie } from "@/server/http/session-cookie.ts";

/** Both factors once more: a new secret for the session, and five minutes for what is dangerous. */
export const POST = route({
  access: "signed-in",
  body: stepUpBody,
  async handle({ services, session, body, client, findBrowser }) {
    const sid = await services.stepUp.confirm(session, body, client, await findBrowser());
    const token = await services.tokens.sign({ accountId: session.accountId, sid });
    return new Response(null, {
      status: 204,
      headers: {
        "cache-control": "no-store",
        "set-cookie": sessionCookie(token, services.sessions.longest().absolute),
      },
    });
  },
});
