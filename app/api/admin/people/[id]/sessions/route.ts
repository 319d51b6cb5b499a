import { personParams } from "@/lib/protocol/http/admin/people.ts";
import { route } from "@/server/http/route.ts";

/** Signs somebody out everywhere. */
export const DELETE = route({
  access: "signed-in",
  permission: "restrain-people",
  stepUp: true,
  params: personParams,
  handle: ({ services, session, params, client }) =>
    services.admin.people.signOut(session, params.id, client),
});
