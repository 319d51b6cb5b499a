import { newAppPasswordBody } from "@/lib/protocol/http/app-passwords.ts";
import { route } from "@/server/http/route.ts";

/** One's own, and whether one may have any. */
export const GET = route({
  access: "signed-in",
  handle: ({ services, session }) => services.appPasswords.status(session),
});

/** Another one, told this once. */
export const POST = route({
  access: "signed-in",
  stepUp: true,
  body: newAppPasswordBody,
  handle: ({ services, session, body, client }) => services.appPasswords.make(session, body.name, client),
});
