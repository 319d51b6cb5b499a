import { linkNonceBody, linkParams } from "@/lib/protocol/http/links.ts";
import { route } from "@/server/http/route.ts";

/** The other browser chooses a nonce, once. */
export const POST = route({
  access: "signed-in",
  stepUp: true,
  params: linkParams,
  body: linkNonceBody,
  handle: ({ services, session, params, body }) =>
    services.deviceLinks.challenge(session, params.id, body.nonce),
});
