import { linkParams } from "@/lib/protocol/http/links.ts";
import { route } from "@/server/http/route.ts";

/** A newcomer, whose code was read. */
export const GET = route({
  access: "signed-in",
  stepUp: true,
  params: linkParams,
  handle: ({ services, session, params }) => services.deviceLinks.newcomer(session, params.id),
});

/** From either side: this link is never taken up again. */
export const DELETE = route({
  access: "signed-in",
  params: linkParams,
  handle: ({ services, session, params, client }) => services.deviceLinks.cancel(session, params.id, client),
});
