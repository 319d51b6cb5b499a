import { changePasswordBody } from "@/lib/protocol/http/credentials.ts";
import { route } from "@/server/http/route.ts";

/** Ends every other session of the account. */
export const PUT = route({
  access: "signed-in",
  stepUp: true,
  body: changePasswordBody,
  handle: ({ services, session, body, client }) =>
    services.credentials.changePassword(session, body.password, client),
});
