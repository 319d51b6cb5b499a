import { startRegistrationBody } from "@/lib/protocol/http/entrance.ts";
import { route } from "@/server/http/route.ts";

/** Form in, authenticator secret out. No account exists until the first right code. */
export const POST = route({
  access: "anybody",
  body: startRegistrationBody,
  handle: ({ services, body, client }) => services.registration.start(body, client),
});
