import { publishKeysBody } from "@/lib/protocol/http/key-bodies.ts";
import { route } from "@/server/http/route.ts";

/** The first keys of the account, all at once. */
export const POST = route({
  access: "signed-in",
  body: publishKeysBody,
  handle: ({ services, session, body, client }) => services.keys.publishFirst(session, body, client),
});
