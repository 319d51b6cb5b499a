import { linkBoxBody, linkParams } from "@/lib/protocol/http/links.ts";
import { route } from "@/server/http/route.ts";

/** The vault key, sealed to the newcomer. */
export const POST = route({
  access: "signed-in",
  stepUp: true,
  params: linkParams,
  body: linkBoxBody,
  handle: ({ services, session, params, body, client }) =>
    services.deviceLinks.answer(session, params.id, body.box, client),
});
