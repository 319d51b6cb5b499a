import { startRegistrationBody } from "@/lib/protocol/http/entrance.ts";
import { route } from "@/server/http/route.ts";

/** What a newcomer has to know before filling in the form. */
export const GET = route({
  access: "anybody",
  handle: async ({ services }) => services.registration.terms(),
});

/** Form in, authenticator secret out. No account exists until the first right code. */
export const POST = route({
  access: "anybody",
  body: startRegistrationBody,
  handle: ({ services, body, client }) => services.registration.start(body, client),
});
