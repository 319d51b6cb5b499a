import { sessionParams } from "@/lib/protocol/http/sessions.ts";
import { route } from "@/server/http/route.ts";

/** Signs one browser out. */
export const DELETE = route({
  access: "signed-in",
  params: sessionParams,
  handle: ({ services, session, params, client }) => services.browsers.endSession(session, params.id, client),
});
