import { confirmTotpBody } from "@/lib/protocol/http/credentials.ts";
import { route } from "@/server/http/route.ts";

/** Takes what only a step-up gave out. Ends every other session of the account. */
export const POST = route({
  access: "signed-in",
  body: confirmTotpBody,
  handle: ({ services, session, body, client }) => services.credentials.confirmTotp(session, body, client),
});
