import { publishKeysBody } from "@/lib/protocol/http/key-bodies.ts";
import { route } from "@/server/http/route.ts";

/** New keys for an account whose keys are lost, in place of the old ones. */
export const POST = route({
  access: "signed-in",
  stepUp: true,
  body: publishKeysBody,
  handle: ({ services, session, body, client }) => services.identityReset.reset(session, body, client),
});
