import { personSessionParams } from "@/lib/protocol/http/admin/people.ts";
import { route } from "@/server/http/route.ts";

/** Signs somebody out in one browser. */
export const DELETE = route({
  access: "signed-in",
  permission: "restrain-people",
  stepUp: true,
  params: personSessionParams,
  handle: ({ services, session, params, client }) =>
    services.admin.people.endSession(session, params.id, params.session, client),
});
