import { confirmRegistrationBody } from "@/lib/protocol/http/entrance.ts";
import { route } from "@/server/http/route.ts";
import { sessionCookie } from "@/server/http/session-cookie.ts";

/** The first right code makes the account and signs this browser in. */
export const POST = route({
  access: "anybody",
  body: confirmRegistrationBody,
  async handle({ services, body, client }) {
    const session = await services.registration.confirm(body, client);
    const token = await services.tokens.sign(session);
    return new Response(null, {
      status: 204,
      headers: {
        "cache-control": "no-store",
        "set-cookie": sessionCookie(token, services.sessions.longest().absolute),
      },
    });
  },
});
