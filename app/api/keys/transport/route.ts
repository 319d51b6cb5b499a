import { replaceTransportBody } from "@/lib/protocol/http/key-bodies.ts";
import { route } from "@/server/http/route.ts";

/** The account's next transport key. */
export const POST = route({
  access: "signed-in",
  unattended: true,
  body: replaceTransportBody,
  handle: ({ services, session, body }) =>
    services.keyReplacement.replaceTransport(session, body.certificate),
});
