import { personParams, restraintBody } from "@/lib/protocol/http/admin/people.ts";
import { route } from "@/server/http/route.ts";

/** Keeps somebody out: every session ends at once. */
export const PUT = route({
  access: "signed-in",
  permission: "restrain-people",
  stepUp: true,
  params: personParams,
  body: restraintBody,
  handle: ({ services, session, params, body, client }) =>
    services.admin.people.restrain(session, params.id, body, client),
});

/** Lets them in again. */
export const DELETE = route({
  access: "signed-in",
  permission: "restrain-people",
  stepUp: true,
  params: personParams,
  handle: ({ services, session, params, client }) => services.admin.people.lift(session, params.id, client),
});
