import { linkNonceBody, linkParams } from "@/lib/protocol/http/links.ts";
import { route } from "@/server/http/route.ts";

/** The newcomer opens its commitment, once the other browser has chosen a nonce. */
export const POST = route({
  access: "signed-in",
  params: linkParams,
  body: linkNonceBody,
  handle: ({ services, session, params, body }) =>
    services.deviceLinks.reveal(session, params.id, body.nonce),
});
